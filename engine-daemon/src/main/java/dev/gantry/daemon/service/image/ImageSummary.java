package dev.gantry.daemon.service.image;

import dev.gantry.registry.ImageReference;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * An image with its names and its size.
 *
 * @param image the configuration
 * @param tags names with a tag, in the order of their text
 * @param digests names with a digest, in the order of their text
 * @param size bytes of the files in its layers
 * @param sharedSize bytes of those layers that other images have too
 * @param lastTagged when somebody last gave it one of its names by hand
 * @param containers how many containers are made from it
 */
public record ImageSummary(
        Image image,
        List<ImageReference> tags,
        List<ImageReference> digests,
        long size,
        long sharedSize,
        Optional<Instant> lastTagged,
        int containers) {

    public ImageSummary {
        tags = List.copyOf(tags);
        digests = List.copyOf(digests);
    }
}
