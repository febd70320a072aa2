package dev.gantry.daemon.service.image;

import dev.gantry.daemon.store.content.ContentStore;
import dev.gantry.daemon.store.layer.LayerStore;
import dev.gantry.daemon.type.EngineException;
import dev.gantry.registry.Credentials;
import dev.gantry.registry.Descriptor;
import dev.gantry.registry.Digest;
import dev.gantry.registry.ImageReference;
import dev.gantry.registry.Manifest;
import dev.gantry.registry.MediaType;
import dev.gantry.registry.Platform;
import dev.gantry.registry.RegistryClient;
import dev.gantry.registry.RegistryException;
import dev.gantry.registry.ResolvedManifest;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.function.Consumer;

/** Pulls images from registries. Runs on the thread that calls it, which must not be interrupted;
 * several may pull. */
final class Puller {

    private static final Logger LOG = System.getLogger(Puller.class.getName());

    private final RegistryClient registry;
    private final ContentStore content;
    private final LayerStore layers;
    private final ImageRecords records;
    private final Holds holds;
    private final Garbage garbage;
    private final ImageEvents events;
    private final Turns turns;

    Puller(
            RegistryClient registry,
            ContentStore content,
            LayerStore layers,
            ImageRecords records,
            Holds holds,
            Garbage garbage,
            ImageEvents events,
            Turns turns) {
        this.registry = registry;
        this.content = content;
        this.layers = layers;
        this.records = records;
        this.holds = holds;
        this.garbage = garbage;
        this.events = events;
        this.turns = turns;
    }

    /** What a name was found to stand for. Never compared, so that the array does no harm. */
    @SuppressWarnings("ArrayRecordComponent")
    private record Found(
            ImageReference reference, ResolvedManifest top, ResolvedManifest chosen, byte[] config, Image image) {

        Set<Digest> blobs() {
            Set<Digest> blobs = new HashSet<>(
                    List.of(top.digest(), chosen.digest(), image.id().digest()));
            chosen.manifest().layers().forEach(layer -> blobs.add(layer.digest()));
            return blobs;
        }
    }

    /**
     * Pulls one name, or all tags of a repository.
     *
     * @throws EngineException with docker's text
     */
    void pull(PullRequest request, Consumer<ImageProgress> listeners, Cancellation cancellation)
            throws InterruptedException {
        ImageReference reference = request.reference();
        try {
            List<ImageReference> wanted = new ArrayList<>(List.of(reference));
            if (reference.tag().isEmpty() && reference.digest().isEmpty()) {
                wanted.clear();
                ask(() -> registry.tags(reference, request.credentials()), cancellation)
                        .forEach(tag -> wanted.add(reference.withTag(tag)));
            }
            boolean anyNew = false;
            for (ImageReference name : wanted) {
                anyNew |= pullOne(name, request, listeners, cancellation);
            }
            listeners.accept(new ImageProgress.Pulled(
                    reference.familiar(),
                    anyNew ? ImageProgress.Outcome.DOWNLOADED : ImageProgress.Outcome.UP_TO_DATE));
        } catch (RegistryException e) {
            if (e.kind() == RegistryException.Kind.CANCELLED) {
                throw new InterruptedException(e.getMessage());
            }
            throw PullErrors.translate(e, reference);
        }
    }

    /** Asks the registry on a thread that may be interrupted, which this one may not while it writes. */
    private static <T> T ask(Callable<T> question, Cancellation cancellation) throws InterruptedException {
        try (Crew crew = new Crew("registry")) {
            cancellation.onRequest(crew::interrupt);
            return crew.start(question).await();
        }
    }

    private boolean pullOne(
            ImageReference reference, PullRequest request, Consumer<ImageProgress> listeners, Cancellation cancellation)
            throws InterruptedException {
        Found found = ask(() -> find(reference, request), cancellation);
        listeners.accept(new ImageProgress.Pulling(
                reference.repository(),
                reference.digest().isPresent()
                        ? reference.familiar()
                        : reference.tag().orElse("")));
        Set<Digest> held = found.blobs();
        held.addAll(found.image().layers());
        Holds.Hold hold = holds.hold(held);
        Set<Digest> waste = found.blobs();
        boolean anyNew;
        try {
            anyNew = bring(found, request.credentials(), listeners, cancellation);
            waste.clear();
        } catch (InterruptedException | RegistryException e) {
            // What has come whole serves the next try, until it is swept.
            found.chosen().manifest().layers().forEach(layer -> waste.remove(layer.digest()));
            throw e;
        } finally {
            hold.close();
            if (!waste.isEmpty()) {
                garbage.collectLayers(found.image().layers());
                garbage.collectBlobs(waste);
            }
        }
        listeners.accept(new ImageProgress.Resolved(found.top().digest()));
        return anyNew;
    }

    private Found find(ImageReference reference, PullRequest request) {
        Credentials who = request.credentials();
        ResolvedManifest top = registry.resolve(reference, who);
        ResolvedManifest chosen = registry.select(top, request.platform().orElseGet(Platform::host), who);
        Manifest manifest = chosen.manifest();
        Descriptor config = manifest.config();
        if (!config.mediaType().equals(MediaType.OCI_CONFIG)
                && !config.mediaType().equals(MediaType.DOCKER_CONFIG)) {
            throw EngineException.invalid(reference.familiar() + " is no image of a container: its configuration is of"
                    + " type " + config.mediaType());
        }
        byte[] document = content.contains(config.digest())
                ? content.read(config.digest(), Documents.MAX_BYTES)
                : registry.fetchBlob(reference, config, who, Documents.MAX_BYTES);
        Image image = ConfigDocument.parse(document);
        if (!image.id().digest().equals(config.digest())) {
            throw EngineException.invalid("The configuration of " + reference.familiar() + " is addressed by "
                    + config.digest().algorithm() + ", only sha256 is supported");
        }
        if (image.layers().size() != manifest.layers().size()) {
            throw EngineException.invalid("The manifest of " + reference.familiar() + " has "
                    + manifest.layers().size() + " layers, its configuration "
                    + image.layers().size());
        }
        request.platform().ifPresent(platform -> checkPlatform(reference, image, platform));
        return new Found(reference, top, chosen, document, image);
    }

    private static void checkPlatform(ImageReference reference, Image image, Platform wanted) {
        Platform actual = Platform.of(
                image.os().isEmpty() ? "linux" : image.os(),
                image.architecture().isEmpty() ? Platform.host().architecture() : image.architecture(),
                Optional.of(image.variant()).filter(variant -> !variant.isEmpty()));
        if (!wanted.runs(actual)) {
            // compat: docker's text
            throw EngineException.notFound("image with reference " + reference.familiar()
                    + " was found but does not match the specified platform: wanted " + wanted + ", actual: "
                    + actual);
        }
    }

    private boolean bring(Found found, Credentials who, Consumer<ImageProgress> listeners, Cancellation cancellation)
            throws InterruptedException {
        ImageReference reference = found.reference();
        Manifest manifest = found.chosen().manifest();
        List<Digest> manifests = new ArrayList<>();
        for (ResolvedManifest document : List.of(found.top(), found.chosen())) {
            Digest stored = content.put(document.content());
            if (!manifests.contains(stored)) {
                manifests.add(stored);
            }
        }
        content.put(found.config());
        LayerFetch fetch = new LayerFetch(registry, content, layers, reference, who);
        List<StoredLayer> brought;
        try (LayerPull pull = new LayerPull(content, layers, turns, fetch::fetch, listeners, cancellation)) {
            brought = pull.bring(manifest.layers(), found.image().layers(), records.catalog());
        }
        records.add(new StoredImage(found.image(), brought, manifests));
        return name(found);
    }

    private boolean name(Found found) {
        ImageReference reference = found.reference();
        ImageId id = found.image().id();
        boolean anyNew = give(reference.withDigest(found.top().digest()), id);
        if (reference.digest().isEmpty()) {
            anyNew = give(reference.withDefaultTag(), id);
        }
        events.pulled(found.image(), reference);
        LOG.log(
                Level.INFO,
                "Image pulled name={0} image={1} digest={2}",
                reference.familiar(),
                id.shortForm(),
                found.top().digest());
        return anyNew;
    }

    /** Gives a name. Returns whether the image did not have it. */
    private boolean give(ImageReference reference, ImageId id) {
        boolean had = records.catalog()
                .name(reference)
                .filter(name -> name.image().equals(id))
                .isPresent();
        if (!had) {
            records.name(new NamedImage(reference, id, Optional.empty()));
        }
        return !had;
    }
}
