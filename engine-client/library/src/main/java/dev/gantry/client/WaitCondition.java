package dev.gantry.client;

/** What to wait for. */
public enum WaitCondition {
    /** The container does not run; true at once when it never did. */
    NOT_RUNNING("not-running"),
    /** The next exit, for a container that is about to be started. */
    NEXT_EXIT("next-exit"),
    /** The container is gone. */
    REMOVED("removed");

    private final String text;

    WaitCondition(String text) {
        this.text = text;
    }

    /** As the API spells it. */
    public String text() {
        return text;
    }
}
