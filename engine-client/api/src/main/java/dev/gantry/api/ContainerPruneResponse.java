package dev.gantry.api;

import java.util.List;
import tools.jackson.databind.annotation.JsonSerialize;

/**
 * What a removal of all stopped containers did.
 *
 * @param containersDeleted their ids
 * @param spaceReclaimed bytes that they had written
 */
public record ContainerPruneResponse(
        @JsonSerialize(using = NullIfEmptySerializer.class) List<String> containersDeleted, long spaceReclaimed) {

    public ContainerPruneResponse {
        containersDeleted = Absent.list(containersDeleted);
    }
}
