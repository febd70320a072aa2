package dev.gantry.api;

import com.fasterxml.jackson.annotation.JsonProperty;
import org.jspecify.annotations.Nullable;

/**
 * What a container does now. Times in RFC 3339, year 1 for never.
 *
 * @param status created, running, paused, restarting, removing, exited or dead
 */
public record ContainerState(
        String status,
        boolean running,
        boolean paused,
        boolean restarting,
        @JsonProperty("OOMKilled") boolean oomKilled,
        boolean dead,
        int pid,
        int exitCode,
        String error,
        String startedAt,
        String finishedAt,
        @OmitNull @Nullable Health health) {

    /** All values absent. */
    public static final ContainerState EMPTY =
            new ContainerState("", false, false, false, false, false, 0, 0, "", "", "", null);

    public ContainerState {
        status = Absent.text(status);
        error = Absent.text(error);
        startedAt = Absent.text(startedAt);
        finishedAt = Absent.text(finishedAt);
    }
}
