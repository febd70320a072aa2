package dev.gantry.daemon.service.container;

import dev.gantry.daemon.type.EngineException;

/** What the engine does to a container that has become unhealthy. */
public enum HealthAction {
    /** Nothing but to say so. */
    NONE("none"),
    /** Kills it; what follows is up to its restart policy. */
    KILL("kill"),
    /** Restarts it, after the same growing delays as the restart policies. */
    RESTART("restart"),
    /** Stops it as a user would; it stays down. */
    STOP("stop");

    private final String text;

    HealthAction(String text) {
        this.text = text;
    }

    /** The action as users write it. */
    public String text() {
        return text;
    }

    /** Reads an action; nothing is {@code none}. */
    public static HealthAction of(String name) {
        for (HealthAction action : values()) {
            if (action.text.equals(name)) {
                return action;
            }
        }
        if (name.isEmpty()) {
            return NONE;
        }
        throw EngineException.invalid("invalid action on failing health checks: '" + name
                + "'; use one of 'none', 'kill', 'restart', or 'stop'");
    }
}
