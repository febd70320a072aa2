package dev.gantry.api;

import java.util.List;
import tools.jackson.databind.annotation.JsonSerialize;

/**
 * What there is to say of a change of a container's resources that was made.
 *
 * @param warnings of limits that the host does not know
 */
public record ContainerUpdateResponse(
        @JsonSerialize(using = NullIfEmptySerializer.class) List<String> warnings) {

    public ContainerUpdateResponse {
        warnings = Absent.list(warnings);
    }
}
