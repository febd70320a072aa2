package dev.gantry.api;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import tools.jackson.databind.annotation.JsonSerialize;

/**
 * The cluster state of the engine.
 */
public record SwarmInfo(
        @JsonProperty("NodeID") String nodeId,
        String nodeAddr,
        String localNodeState,
        boolean controlAvailable,
        String error,
        @JsonSerialize(using = NullIfEmptySerializer.class) List<Object> remoteManagers) {

    /** All values absent. */
    public static final SwarmInfo EMPTY = new SwarmInfo("", "", "", false, "", List.of());

    public SwarmInfo {
        nodeId = Absent.text(nodeId);
        nodeAddr = Absent.text(nodeAddr);
        localNodeState = Absent.text(localNodeState);
        error = Absent.text(error);
        remoteManagers = Absent.list(remoteManagers);
    }
}
