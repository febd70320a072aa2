package dev.gantry.daemon.service.container;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import dev.gantry.daemon.type.EngineException;

/** Where a container's network namespace comes from. */
public sealed interface NetworkMode {

    /** A sandbox of its own, connected to the default bridge. */
    record Bridge() implements NetworkMode {
        @Override
        public String text() {
            return "bridge";
        }
    }

    /** A sandbox of its own with nothing but loopback. */
    record None() implements NetworkMode {
        @Override
        public String text() {
            return "none";
        }
    }

    /** The host's own namespace. */
    record Host() implements NetworkMode {
        @Override
        public String text() {
            return "host";
        }
    }

    /**
     * The sandbox of another container.
     *
     * @param reference its name or id, as given
     */
    record Shared(String reference) implements NetworkMode {
        @Override
        public String text() {
            return "container:" + reference;
        }
    }

    /** The mode as users write it. */
    @JsonValue
    String text();

    /**
     * Reads {@code bridge}, {@code default}, nothing, {@code none}, {@code host} or {@code container:<name|id>}.
     *
     * @throws EngineException of kind invalid where it names another network
     */
    @JsonCreator
    static NetworkMode parse(String text) {
        return switch (text) {
            case "", "default", "bridge" -> new Bridge();
            case "none" -> new None();
            case "host" -> new Host();
            default -> {
                if (!text.startsWith("container:")) {
                    // compat: a container that cannot be created is not "not found": the docker CLI would pull its
                    // image
                    throw EngineException.invalid("network " + text + " not found");
                }
                String reference = text.substring("container:".length());
                if (reference.isEmpty()) {
                    throw EngineException.invalid("Invalid network mode: invalid container format container:<name|id>");
                }
                yield new Shared(reference);
            }
        };
    }
}
