package dev.gantry.api;

import com.fasterxml.jackson.annotation.JsonProperty;
import org.jspecify.annotations.Nullable;

/**
 * One exec; no exit code while it runs.
 */
public record ExecInspect(
        @JsonProperty("ID") String id,
        boolean running,
        @Nullable Integer exitCode,
        @Nullable ProcessConfig processConfig,
        boolean openStdin,
        boolean openStderr,
        boolean openStdout,
        boolean canRemove,
        @JsonProperty("ContainerID") String containerId,
        String detachKeys,
        int pid) {

    public ExecInspect {
        id = Absent.text(id);
        containerId = Absent.text(containerId);
        detachKeys = Absent.text(detachKeys);
    }
}
