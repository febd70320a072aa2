package dev.gantry.api;

import java.util.List;

/**
 * The id of a new container and what the engine warns of.
 */
public record ContainerCreateResponse(String id, List<String> warnings) {

    public ContainerCreateResponse {
        id = Absent.text(id);
        warnings = Absent.list(warnings);
    }
}
