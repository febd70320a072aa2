package dev.gantry.daemon.api.docker.image;

import dev.gantry.daemon.type.EngineException;
import dev.gantry.registry.Digest;
import dev.gantry.registry.ImageReference;
import dev.gantry.registry.Platform;
import java.util.Optional;

/** Reads names and platforms of requests, refusing with docker's texts. */
final class ImageNames {

    private ImageNames() {}

    /** A name and the tag, or digest, given beside it, which wins; an empty tag is none. */
    static ImageReference reference(String name, String tag) {
        ImageReference reference = parse(name);
        if (tag.isEmpty()) {
            return reference;
        }
        try {
            return tag.indexOf(':') >= 0 ? reference.withDigest(Digest.parse(tag)) : reference.withTag(tag);
        } catch (IllegalArgumentException e) {
            throw new EngineException(EngineException.Kind.INVALID, "invalid tag format", e);
        }
    }

    private static ImageReference parse(String name) {
        try {
            return ImageReference.parse(name);
        } catch (IllegalArgumentException e) {
            throw new EngineException(EngineException.Kind.INVALID, String.valueOf(e.getMessage()), e);
        }
    }

    /** A platform as {@code os/architecture[/variant]}; empty text is none. */
    static Optional<Platform> platform(String text) {
        try {
            return text.isEmpty() ? Optional.empty() : Optional.of(Platform.parse(text));
        } catch (IllegalArgumentException e) {
            throw new EngineException(EngineException.Kind.INVALID, String.valueOf(e.getMessage()), e);
        }
    }
}
