package dev.gantry.api;

import java.util.Map;

/**
 * The log driver and its options.
 */
public record LogConfig(String type, Map<String, String> config) {

    /** All values absent. */
    public static final LogConfig EMPTY = new LogConfig("", Map.of());

    public LogConfig {
        type = Absent.text(type);
        config = Absent.texts(config);
    }
}
