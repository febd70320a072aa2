package dev.gantry.registry;

import dev.gantry.registry.RegistryException.Kind;
import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * Reads images from OCI distribution registries. Everything that comes is checked against its digest and size; every
 * wait has a deadline; an interrupt of the calling thread ends what it waits for with an exception of kind
 * {@code CANCELLED}. Every method throws {@link RegistryException} where it fails, having tried again what may pass.
 *
 * <p>For many threads. It costs nothing until the first request; from then on it has a selector thread or two and a few
 * workers while something is under way, all of them daemons. Once it is closed, new requests fail with kind
 * {@code CANCELLED}; a stream that is open then can be read to its end, but not mended.
 */
public final class RegistryClient implements AutoCloseable {

    /** How deep indexes may lie in each other; an index that leads further leads nowhere. */
    private static final int MOST_INDEXES = 4;

    private static final String HUB_KEY = "https://index.docker.io/v1/";

    private final Transport transport;
    private final Targets targets;
    private final RegistryCaller caller;
    private final Function<String, Credentials> credentials;
    private final ManifestFetcher manifests;
    private final TagLister tags;

    RegistryClient(
            Transport transport, Targets targets, RegistryCaller caller, Function<String, Credentials> credentials) {
        this.transport = transport;
        this.targets = targets;
        this.caller = caller;
        this.credentials = credentials;
        this.manifests = new ManifestFetcher(caller);
        this.tags = new TagLister(caller);
    }

    /** A client with the usual settings and nobody's credentials. */
    public static RegistryClient create() {
        return builder().build();
    }

    /** Starts to set up a client. */
    public static RegistryClientBuilder builder() {
        return new RegistryClientBuilder();
    }

    /** The key under which docker keeps the credentials of a registry. */
    public static String authKey(String registry) {
        return registry.equals(ImageReference.DEFAULT_REGISTRY) ? HUB_KEY : registry;
    }

    /** As {@link #resolve(ImageReference, Credentials)}, with the credentials the client was given. */
    public ResolvedManifest resolve(ImageReference reference) {
        return resolve(reference, credentialsFor(reference));
    }

    /**
     * Gets what a name stands for, an index or a manifest: by its digest where it has one, else by its tag, else by the
     * tag {@code latest}.
     */
    public ResolvedManifest resolve(ImageReference reference, Credentials who) {
        return targets.first(
                reference, who, ManifestFetcher.action(reference), target -> manifests.fetch(target, reference));
    }

    /**
     * Gets the manifest of the one image that fits a platform, through as many indexes as lead there. A manifest that is
     * named directly is taken whatever it runs on.
     */
    public ResolvedManifest resolve(ImageReference reference, Platform platform, Credentials who) {
        return select(resolve(reference, who), platform, who);
    }

    /** Goes on from what was resolved to the manifest of the one image that fits a platform. */
    public ResolvedManifest select(ResolvedManifest resolved, Platform platform, Credentials who) {
        ResolvedManifest current = resolved;
        for (int depth = 0; current.isIndex(); depth++) {
            String action = "find an image for " + platform + " in "
                    + resolved.reference().familiar();
            if (depth == MOST_INDEXES) {
                throw RegistryException.of(Kind.INVALID_CONTENT, action, "its indexes lie too deep in each other");
            }
            Descriptor entry = current.index()
                    .choose(platform)
                    .orElseThrow(() -> RegistryException.of(
                            Kind.NOT_FOUND,
                            action,
                            "no matching manifest for " + platform + " in the manifest list entries"));
            current = resolve(resolved.reference().withDigest(entry.digest()), who);
            if (current.content().length != entry.size()) {
                throw RegistryException.of(
                        Kind.INVALID_CONTENT,
                        action,
                        entry.digest() + " has " + current.content().length + " bytes and not " + entry.size());
            }
        }
        return current;
    }

    /** Asks what a name stands for without getting it, where the registry tells; else gets it. */
    public Descriptor describe(ImageReference reference, Credentials who) {
        String action = ManifestFetcher.action(reference);
        Optional<Descriptor> told =
                targets.first(reference, who, action, target -> manifests.describe(target, reference));
        return told.orElseGet(() -> resolve(reference, who).descriptor());
    }

    /** As {@link #openBlob(ImageReference, Descriptor, Credentials)}, with the credentials the client was given. */
    public InputStream openBlob(ImageReference repository, Descriptor descriptor) {
        return openBlob(repository, descriptor, credentialsFor(repository));
    }

    /**
     * Opens a blob. The stream hands out its last bytes only when size and digest are right, and throws
     * {@link RegistryException} from {@code read} where they are not or the blob cannot be had to its end; broken
     * connections it mends by itself. One thread reads, the caller closes; closing from another thread ends a read that
     * waits for bytes.
     */
    public InputStream openBlob(ImageReference repository, Descriptor descriptor, Credentials who) {
        return resumeBlob(repository, descriptor, who, 0, descriptor.digest().newFunction());
    }

    /**
     * Opens a blob of which the beginning is there already.
     *
     * @param offset how many bytes are there
     * @param gathered a function of the digest's algorithm that has seen those bytes; it belongs to the stream from now
     */
    public InputStream resumeBlob(
            ImageReference repository, Descriptor descriptor, Credentials who, long offset, MessageDigest gathered) {
        if (offset < 0 || offset > descriptor.size()) {
            throw new IllegalArgumentException("the offset " + offset + " is not within the blob");
        }
        String action = "pull " + descriptor.digest() + " of " + repository.familiarName();
        BlobSource source = new BlobSource(caller, targets.of(repository, who, action), repository, descriptor);
        return new BlobStream(source, descriptor, offset, gathered).open();
    }

    /** Gets a small blob as a whole, such as an image's configuration; one larger than the limit is refused. */
    public byte[] fetchBlob(ImageReference repository, Descriptor descriptor, Credentials who, int limit) {
        String action = "pull " + descriptor.digest() + " of " + repository.familiarName();
        if (descriptor.size() > limit) {
            throw RegistryException.of(
                    Kind.INVALID_CONTENT,
                    action,
                    "it has " + descriptor.size() + " bytes, more than the limit of " + limit);
        }
        try (InputStream blob = openBlob(repository, descriptor, who)) {
            return blob.readNBytes(limit);
        } catch (IOException e) {
            throw RegistryException.of(Kind.UNAVAILABLE, action, "the transfer failed", e);
        }
    }

    /** Lists every tag of a repository, in the registry's order. */
    public List<String> tags(ImageReference repository, Credentials who) {
        return tags.list(targets.registry(repository, who, TagLister.action(repository)), repository);
    }

    private Credentials credentialsFor(ImageReference reference) {
        return credentials.apply(authKey(reference.registry()));
    }

    @Override
    public void close() {
        transport.close();
    }
}
