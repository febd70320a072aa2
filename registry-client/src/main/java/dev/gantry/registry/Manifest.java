package dev.gantry.registry;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/**
 * The manifest of one image: its configuration and its layers, the lowest first.
 *
 * @param mediaType {@link MediaType#OCI_MANIFEST} or {@link MediaType#DOCKER_MANIFEST}
 * @param config the image's configuration
 * @param layers the lowest first
 * @param subject what this manifest is about, where it is an attachment to another
 * @param annotations free text by key
 */
public record Manifest(
        String mediaType,
        Descriptor config,
        List<Descriptor> layers,
        Optional<Descriptor> subject,
        Map<String, String> annotations) {

    private static final int MAX_LAYERS = 4096;

    public Manifest {
        if (!MediaType.isManifest(mediaType)) {
            throw new IllegalArgumentException("it is no image manifest but " + mediaType);
        }
        if (layers.size() > MAX_LAYERS) {
            throw new IllegalArgumentException("it has " + layers.size() + " layers, more than " + MAX_LAYERS);
        }
        layers = List.copyOf(layers);
        annotations = Map.copyOf(annotations);
    }

    /**
     * Reads a manifest of a known type.
     *
     * @throws IllegalArgumentException where it is damaged, ambiguous or of another type
     */
    public static Manifest parse(byte[] content, String mediaType) {
        JsonNode root = ManifestForm.check(content, mediaType);
        return new Manifest(
                mediaType,
                Json.descriptor(root.path("config")),
                Json.list(root, "layers", Json::descriptor),
                Json.has(root, "subject") ? Optional.of(Json.descriptor(root.path("subject"))) : Optional.empty(),
                Json.textMap(root, "annotations"));
    }
}
