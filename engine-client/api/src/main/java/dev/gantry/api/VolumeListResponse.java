package dev.gantry.api;

import java.util.List;
import tools.jackson.databind.annotation.JsonSerialize;

/**
 * Volumes and what the engine warns of.
 */
public record VolumeListResponse(
        List<Volume> volumes,
        @JsonSerialize(using = NullIfEmptySerializer.class) List<String> warnings) {

    public VolumeListResponse {
        volumes = Absent.list(volumes);
        warnings = Absent.list(warnings);
    }
}
