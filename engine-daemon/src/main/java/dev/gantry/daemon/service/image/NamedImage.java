package dev.gantry.daemon.service.image;

import dev.gantry.registry.ImageReference;
import java.time.Instant;
import java.util.Optional;

/**
 * A name and the image it stands for.
 *
 * @param reference with either a tag or a digest, never both
 * @param image what it stands for
 * @param tagged when somebody gave the name by hand; absent for names that came with the image
 */
record NamedImage(ImageReference reference, ImageId image, Optional<Instant> tagged) {

    NamedImage {
        if (reference.tag().isPresent() == reference.digest().isPresent()) {
            throw new IllegalArgumentException("A name has either a tag or a digest: " + reference);
        }
    }
}
