package dev.gantry.daemon.service.image;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.gantry.daemon.type.EngineException;
import dev.gantry.registry.ImageReference;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;

/** Finds the images of an archive: by docker's {@code manifest.json}, else by an OCI layout's {@code index.json}. */
final class ArchiveIndex {

    private static final String DOCKER = "manifest.json";
    private static final int MAX_IMAGES = 1_000;

    private ArchiveIndex() {}

    @JsonIgnoreProperties(ignoreUnknown = true)
    private record DockerImage(
            @JsonProperty("Config") @Nullable String config,
            @JsonProperty("RepoTags") @Nullable List<@Nullable String> repoTags,
            @JsonProperty("Layers") @Nullable List<@Nullable String> layers) {}

    /**
     * The images of an archive.
     *
     * @throws EngineException of kind invalid where it is none of images
     */
    static List<ArchivedImage> read(ArchiveFiles files) {
        List<ArchivedImage> images;
        try {
            if (files.contains(DOCKER)) {
                images = docker(files);
            } else if (files.contains(OciLayout.INDEX)) {
                images = OciLayout.read(files);
            } else {
                throw EngineException.invalid(
                        "The archive holds no images: it has neither a " + DOCKER + " nor an " + OciLayout.INDEX);
            }
        } catch (JacksonException | IllegalArgumentException e) {
            throw new EngineException(
                    EngineException.Kind.INVALID, "The archive's index is damaged: " + Documents.reason(e), e);
        }
        if (images.isEmpty()) {
            throw EngineException.invalid("The archive's index names no image");
        }
        if (images.size() > MAX_IMAGES) {
            throw EngineException.invalid("The archive has more than " + MAX_IMAGES + " images");
        }
        return images;
    }

    private static List<ArchivedImage> docker(ArchiveFiles files) {
        @Nullable DockerImage[] listed = Documents.read(files.document(DOCKER), DockerImage[].class);
        List<ArchivedImage> images = new ArrayList<>();
        for (DockerImage image : Arrays.asList(listed)) {
            if (image == null || image.config() == null || image.config().isEmpty()) {
                throw EngineException.invalid("invalid manifest: an image without a configuration");
            }
            images.add(new ArchivedImage(image.config(), texts(image.layers()), names(image.repoTags()), List.of()));
        }
        return images;
    }

    private static List<ImageReference> names(@Nullable List<@Nullable String> tags) {
        List<ImageReference> names = new ArrayList<>();
        for (String tag : texts(tags)) {
            ImageReference name = Catalog.parse(tag);
            if (name.tag().isEmpty() || name.digest().isPresent()) {
                throw EngineException.invalid("invalid tag \"" + tag + "\"");
            }
            names.add(name);
        }
        return names;
    }

    private static List<String> texts(@Nullable List<@Nullable String> list) {
        return list == null ? List.of() : list.stream().filter(Objects::nonNull).toList();
    }
}
