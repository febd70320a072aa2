package dev.gantry.daemon.service.image;

import dev.gantry.registry.ImageReference;
import java.util.List;
import java.util.Optional;

/**
 * A step of an image's history and the size of the layer it made.
 *
 * @param entry what was done
 * @param size bytes of the layer's files, 0 where there is none
 * @param image the image that the step completed; absent for all but the youngest
 * @param tags names of that image
 */
public record HistoryStep(HistoryEntry entry, long size, Optional<ImageId> image, List<ImageReference> tags) {

    public HistoryStep {
        tags = List.copyOf(tags);
    }
}
