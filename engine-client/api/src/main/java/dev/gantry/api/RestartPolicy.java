package dev.gantry.api;

/**
 * When the engine starts a container again: no, always, unless-stopped or on-failure.
 */
public record RestartPolicy(String name, int maximumRetryCount) {

    /** All values absent. */
    public static final RestartPolicy EMPTY = new RestartPolicy("", 0);

    public RestartPolicy {
        name = Absent.text(name);
    }
}
