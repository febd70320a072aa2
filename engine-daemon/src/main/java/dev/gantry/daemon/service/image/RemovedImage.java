package dev.gantry.daemon.service.image;

import dev.gantry.registry.Digest;
import dev.gantry.registry.ImageReference;
import java.util.List;

/**
 * What a removal took away.
 *
 * @param untagged names, in order
 * @param deleted the image and then the stacks of layers that went with it; empty where the image stays
 */
public record RemovedImage(List<ImageReference> untagged, List<Digest> deleted) {

    public RemovedImage {
        untagged = List.copyOf(untagged);
        deleted = List.copyOf(deleted);
    }
}
