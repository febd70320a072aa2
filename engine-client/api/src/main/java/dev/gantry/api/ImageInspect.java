package dev.gantry.api;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Everything about one image.
 */
public record ImageInspect(
        String id,
        @OmitNull @Nullable Descriptor descriptor,
        List<String> repoTags,
        List<String> repoDigests,
        String parent,
        String comment,
        @OmitEmpty String created,
        String dockerVersion,
        String author,
        ImageConfig config,
        String architecture,
        @OmitEmpty String variant,
        String os,
        @OmitEmpty String osVersion,
        long size,
        GraphDriver graphDriver,
        RootFs rootFS,
        ImageMetadata metadata) {

    public ImageInspect {
        id = Absent.text(id);
        repoTags = Absent.list(repoTags);
        repoDigests = Absent.list(repoDigests);
        parent = Absent.text(parent);
        comment = Absent.text(comment);
        created = Absent.text(created);
        dockerVersion = Absent.text(dockerVersion);
        author = Absent.text(author);
        architecture = Absent.text(architecture);
        variant = Absent.text(variant);
        os = Absent.text(os);
        osVersion = Absent.text(osVersion);
        config = config == null ? ImageConfig.EMPTY : config;
        graphDriver = graphDriver == null ? GraphDriver.EMPTY : graphDriver;
        rootFS = rootFS == null ? RootFs.EMPTY : rootFS;
        metadata = metadata == null ? ImageMetadata.EMPTY : metadata;
    }

    /** Start with everything absent. */
    public static ImageInspectBuilder builder() {
        return new ImageInspectBuilder();
    }

    /** Start with the values of this one. */
    public ImageInspectBuilder toBuilder() {
        return new ImageInspectBuilder(this);
    }
}
