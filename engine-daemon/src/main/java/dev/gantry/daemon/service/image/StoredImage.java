package dev.gantry.daemon.service.image;

import dev.gantry.registry.Digest;
import java.util.List;

/**
 * An image that is here, with the blobs and layers it consists of.
 *
 * @param image its configuration
 * @param layers the lowest first, as many as the image has
 * @param manifests blobs of the manifests and indexes that it came by
 */
record StoredImage(Image image, List<StoredLayer> layers, List<Digest> manifests) {

    StoredImage {
        layers = List.copyOf(layers);
        manifests = List.copyOf(manifests);
        if (!layers.stream().map(StoredLayer::diffId).toList().equals(image.layers())) {
            throw new IllegalArgumentException(
                    "The layers of " + image.id() + " are not those its configuration names");
        }
    }

    ImageId id() {
        return image.id();
    }

    /** Bytes of the files in all layers. */
    long size() {
        return layers.stream().mapToLong(StoredLayer::size).sum();
    }
}
