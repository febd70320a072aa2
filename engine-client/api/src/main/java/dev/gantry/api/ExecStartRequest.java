package dev.gantry.api;

import java.util.List;

/**
 * How to start a created exec.
 */
public record ExecStartRequest(
        boolean detach, boolean tty, @OmitEmpty List<Integer> consoleSize) {

    public ExecStartRequest {
        consoleSize = Absent.list(consoleSize);
    }
}
