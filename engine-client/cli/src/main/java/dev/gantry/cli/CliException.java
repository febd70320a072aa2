package dev.gantry.cli;

import java.io.Serial;

/** Ends the command with a message and an exit status. */
final class CliException extends RuntimeException {

    @Serial
    private static final long serialVersionUID = 1L;

    private final int exitStatus;

    CliException(int exitStatus, String message) {
        super(message);
        this.exitStatus = exitStatus;
    }

    static CliException failure(String message) {
        return new CliException(1, message);
    }

    int exitStatus() {
        return exitStatus;
    }
}
