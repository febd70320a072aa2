package dev.gantry.api;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Builds a {@link ImageInspect}; what is not set is absent. Not thread-safe.
 */
public final class ImageInspectBuilder {
    private String id = "";
    private @Nullable Descriptor descriptor;
    private List<String> repoTags = List.of();
    private List<String> repoDigests = List.of();
    private String parent = "";
    private String comment = "";
    private String created = "";
    private String dockerVersion = "";
    private String author = "";
    private ImageConfig config = ImageConfig.EMPTY;
    private String architecture = "";
    private String variant = "";
    private String os = "";
    private String osVersion = "";
    private long size;
    private GraphDriver graphDriver = GraphDriver.EMPTY;
    private RootFs rootFS = RootFs.EMPTY;
    private ImageMetadata metadata = ImageMetadata.EMPTY;

    ImageInspectBuilder() {}

    ImageInspectBuilder(ImageInspect from) {
        this.id = from.id();
        this.descriptor = from.descriptor();
        this.repoTags = from.repoTags();
        this.repoDigests = from.repoDigests();
        this.parent = from.parent();
        this.comment = from.comment();
        this.created = from.created();
        this.dockerVersion = from.dockerVersion();
        this.author = from.author();
        this.config = from.config();
        this.architecture = from.architecture();
        this.variant = from.variant();
        this.os = from.os();
        this.osVersion = from.osVersion();
        this.size = from.size();
        this.graphDriver = from.graphDriver();
        this.rootFS = from.rootFS();
        this.metadata = from.metadata();
    }

    public ImageInspectBuilder id(String value) {
        this.id = value;
        return this;
    }

    public ImageInspectBuilder descriptor(@Nullable Descriptor value) {
        this.descriptor = value;
        return this;
    }

    public ImageInspectBuilder repoTags(List<String> value) {
        this.repoTags = value;
        return this;
    }

    public ImageInspectBuilder repoDigests(List<String> value) {
        this.repoDigests = value;
        return this;
    }

    public ImageInspectBuilder parent(String value) {
        this.parent = value;
        return this;
    }

    public ImageInspectBuilder comment(String value) {
        this.comment = value;
        return this;
    }

    public ImageInspectBuilder created(String value) {
        this.created = value;
        return this;
    }

    public ImageInspectBuilder dockerVersion(String value) {
        this.dockerVersion = value;
        return this;
    }

    public ImageInspectBuilder author(String value) {
        this.author = value;
        return this;
    }

    public ImageInspectBuilder config(ImageConfig value) {
        this.config = value;
        return this;
    }

    public ImageInspectBuilder architecture(String value) {
        this.architecture = value;
        return this;
    }

    public ImageInspectBuilder variant(String value) {
        this.variant = value;
        return this;
    }

    public ImageInspectBuilder os(String value) {
        this.os = value;
        return this;
    }

    public ImageInspectBuilder osVersion(String value) {
        this.osVersion = value;
        return this;
    }

    public ImageInspectBuilder size(long value) {
        this.size = value;
        return this;
    }

    public ImageInspectBuilder graphDriver(GraphDriver value) {
        this.graphDriver = value;
        return this;
    }

    public ImageInspectBuilder rootFS(RootFs value) {
        this.rootFS = value;
        return this;
    }

    public ImageInspectBuilder metadata(ImageMetadata value) {
        this.metadata = value;
        return this;
    }

    public ImageInspect build() {
        return new ImageInspect(
                id,
                descriptor,
                repoTags,
                repoDigests,
                parent,
                comment,
                created,
                dockerVersion,
                author,
                config,
                architecture,
                variant,
                os,
                osVersion,
                size,
                graphDriver,
                rootFS,
                metadata);
    }
}
