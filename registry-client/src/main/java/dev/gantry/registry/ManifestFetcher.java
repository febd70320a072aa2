package dev.gantry.registry;

import dev.gantry.registry.RegistryException.Kind;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Gets manifests and indexes and makes sure that they are what they are said to be. */
final class ManifestFetcher {

    /** Registries must take manifests up to this size; none has a reason to be larger. */
    static final int LIMIT = 4 * 1024 * 1024;

    private static final String DIGEST_HEADER = "Docker-Content-Digest";

    private final RegistryCaller caller;

    ManifestFetcher(RegistryCaller caller) {
        this.caller = caller;
    }

    ResolvedManifest fetch(Target target, ImageReference reference) {
        RegistryCall call = call(reference);
        return caller.call(target, call, response -> read(response, reference, call.action()));
    }

    /** Asks for the descriptor alone; empty where the server does not tell it in the head of its answer. */
    Optional<Descriptor> describe(Target target, ImageReference reference) {
        RegistryCall call = call(reference).asHead();
        return caller.call(target, call, response -> {
            Optional<Digest> digest = reference.digest().or(() -> announced(response, call.action()));
            if (digest.isEmpty()
                    || response.mediaType().isEmpty()
                    || response.length().isEmpty()) {
                return Optional.empty();
            }
            String mediaType = response.mediaType().orElseThrow();
            if (!MediaType.isIndex(mediaType) && !MediaType.isManifest(mediaType)) {
                return Optional.empty();
            }
            return Optional.of(
                    Descriptor.of(mediaType, digest.get(), response.length().getAsLong()));
        });
    }

    static String action(ImageReference reference) {
        return "pull the manifest of " + reference.familiar();
    }

    private static RegistryCall call(ImageReference reference) {
        String name =
                reference.digest().map(Digest::toString).or(reference::tag).orElse("latest");
        return RegistryCall.get(
                action(reference),
                "/v2/" + reference.repository() + "/manifests/" + name,
                Map.of("Accept", String.join(", ", MediaType.ACCEPTED)),
                reference.repository());
    }

    private ResolvedManifest read(Response response, ImageReference reference, String action) throws IOException {
        byte[] content = response.body().readDocument(LIMIT, caller.deadlines().document());
        // The digest that was asked for counts; else the one announced; else there is none to compare with.
        Optional<Digest> expected = reference.digest().or(() -> announced(response, action));
        Digest digest = expected.map(one -> one.of(content)).orElseGet(() -> Digest.sha256(content));
        if (expected.isPresent() && !expected.get().equals(digest)) {
            throw invalid(action, "its digest is " + digest + " and not " + expected.get(), null);
        }
        try {
            String mediaType = mediaType(response, content);
            ManifestForm.check(content, mediaType);
            return new ResolvedManifest(reference, digest, mediaType, content);
        } catch (IllegalArgumentException e) {
            throw invalid(action, String.valueOf(e.getMessage()), e);
        }
    }

    private static String mediaType(Response response, byte[] content) {
        Optional<String> announced =
                response.mediaType().filter(type -> MediaType.isIndex(type) || MediaType.isManifest(type));
        String mediaType = announced.orElseGet(() -> ManifestForm.typeOf(content));
        if (!MediaType.isIndex(mediaType) && !MediaType.isManifest(mediaType)) {
            throw new IllegalArgumentException("its type is not known: " + mediaType);
        }
        return mediaType;
    }

    private static Optional<Digest> announced(Response response, String action) {
        try {
            return response.header(DIGEST_HEADER).map(Digest::parse);
        } catch (IllegalArgumentException e) {
            throw invalid(action, "the registry announces a digest that is none", e);
        }
    }

    private static RegistryException invalid(String action, String reason, @Nullable Throwable cause) {
        return RegistryException.of(Kind.INVALID_CONTENT, action, reason, cause);
    }
}
