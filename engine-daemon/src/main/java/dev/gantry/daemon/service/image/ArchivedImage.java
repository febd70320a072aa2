package dev.gantry.daemon.service.image;

import dev.gantry.registry.ImageReference;
import java.util.List;

/**
 * An image of an archive.
 *
 * @param config name of the file with the configuration
 * @param layers names of the files with the layers, the lowest first
 * @param names to give to the image, with a tag each
 * @param manifests names of the files with the manifests and indexes that led to it
 */
record ArchivedImage(String config, List<String> layers, List<ImageReference> names, List<String> manifests) {

    ArchivedImage {
        layers = List.copyOf(layers);
        names = List.copyOf(names);
        manifests = List.copyOf(manifests);
    }
}
