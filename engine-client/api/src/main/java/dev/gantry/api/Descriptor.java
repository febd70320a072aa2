package dev.gantry.api;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Content of the OCI by type, digest and size.
 */
public record Descriptor(
        @JsonProperty("mediaType") String mediaType,
        @JsonProperty("digest") String digest,
        @JsonProperty("size") long size,
        @JsonProperty("urls") @OmitEmpty List<String> urls,
        @JsonProperty("annotations") @OmitEmpty Map<String, String> annotations,
        @JsonProperty("data") @OmitEmpty String data,
        @JsonProperty("platform") @OmitNull @Nullable Platform platform,
        @JsonProperty("artifactType") @OmitEmpty String artifactType) {

    public Descriptor {
        mediaType = Absent.text(mediaType);
        digest = Absent.text(digest);
        urls = Absent.list(urls);
        annotations = Absent.texts(annotations);
        data = Absent.text(data);
        artifactType = Absent.text(artifactType);
    }
}
