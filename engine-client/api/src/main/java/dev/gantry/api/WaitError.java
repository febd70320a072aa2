package dev.gantry.api;

/**
 * Why waiting ended without an exit.
 */
public record WaitError(String message) {

    public WaitError {
        message = Absent.text(message);
    }
}
