package dev.gantry.registry;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/**
 * One name for several platforms: an OCI index or a Docker manifest list.
 *
 * @param mediaType {@link MediaType#OCI_INDEX} or {@link MediaType#DOCKER_MANIFEST_LIST}
 * @param manifests what it holds; an entry may be an index again
 * @param annotations free text by key
 */
public record ManifestIndex(String mediaType, List<Descriptor> manifests, Map<String, String> annotations) {

    private static final int MAX_MANIFESTS = 4096;

    public ManifestIndex {
        if (!MediaType.isIndex(mediaType)) {
            throw new IllegalArgumentException("it is no index but " + mediaType);
        }
        if (manifests.size() > MAX_MANIFESTS) {
            throw new IllegalArgumentException("it has " + manifests.size() + " manifests, more than " + MAX_MANIFESTS);
        }
        manifests = List.copyOf(manifests);
        annotations = Map.copyOf(annotations);
    }

    /**
     * Reads an index of a known type.
     *
     * @throws IllegalArgumentException where it is damaged, ambiguous or of another type
     */
    public static ManifestIndex parse(byte[] content, String mediaType) {
        JsonNode root = ManifestForm.check(content, mediaType);
        return new ManifestIndex(
                mediaType, Json.list(root, "manifests", Json::descriptor), Json.textMap(root, "annotations"));
    }

    /**
     * Picks the entry that runs best on a platform. Entries that name no platform come last, as they may be anything.
     */
    public Optional<Descriptor> choose(Platform platform) {
        for (Platform candidate : platform.runnable()) {
            for (Descriptor entry : manifests) {
                if (isImage(entry) && entry.platform().filter(candidate::isSame).isPresent()) {
                    return Optional.of(entry);
                }
            }
        }
        return manifests.stream()
                .filter(ManifestIndex::isImage)
                .filter(entry -> entry.platform().isEmpty())
                .findFirst();
    }

    private static boolean isImage(Descriptor entry) {
        return MediaType.isManifest(entry.mediaType()) || MediaType.isIndex(entry.mediaType());
    }
}
