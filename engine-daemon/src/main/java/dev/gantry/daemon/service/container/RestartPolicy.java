package dev.gantry.daemon.service.container;

import dev.gantry.daemon.type.EngineException;

/**
 * When the engine starts a container again by itself.
 *
 * @param kind the rule
 * @param maximumRetries how often in a row {@link Kind#ON_FAILURE} starts it again; 0: without limit
 */
public record RestartPolicy(Kind kind, int maximumRetries) {

    /** The rules there are. */
    public enum Kind {
        NO("no"),
        ON_FAILURE("on-failure"),
        ALWAYS("always"),
        UNLESS_STOPPED("unless-stopped");

        private final String text;

        Kind(String text) {
            this.text = text;
        }

        /** The rule as users write it. */
        public String text() {
            return text;
        }
    }

    /** Never. */
    public static final RestartPolicy NONE = new RestartPolicy(Kind.NO, 0);

    /** Checks the number of retries. */
    public RestartPolicy {
        // compat: docker's texts
        if (kind != Kind.ON_FAILURE && maximumRetries != 0) {
            throw EngineException.invalid(
                    "invalid restart policy: maximum retry count can only be used with 'on-failure'"
                            + (maximumRetries < 0 ? " and cannot be negative" : ""));
        }
        if (maximumRetries < 0) {
            throw EngineException.invalid("invalid restart policy: maximum retry count cannot be negative");
        }
    }

    /** Reads a rule as users write it; nothing is {@code no}. */
    public static RestartPolicy of(String name, int maximumRetries) {
        if (name.isEmpty()) {
            return new RestartPolicy(Kind.NO, maximumRetries);
        }
        for (Kind kind : Kind.values()) {
            if (kind.text.equals(name)) {
                return new RestartPolicy(kind, maximumRetries);
            }
        }
        // compat: docker's text
        throw EngineException.invalid("invalid restart policy: unknown policy '" + name
                + "'; use one of 'no', 'always', 'on-failure', or 'unless-stopped'");
    }

    /**
     * Whether a run that ended by itself, or a start of the engine's own that failed, is followed by another start.
     *
     * @param exitCode of the run
     * @param restarts how often the engine started the container again in a row
     */
    boolean restartsAfter(int exitCode, int restarts) {
        return switch (kind) {
            case NO -> false;
            case ALWAYS, UNLESS_STOPPED -> true;
            case ON_FAILURE -> exitCode != 0 && (maximumRetries == 0 || restarts < maximumRetries);
        };
    }
}
