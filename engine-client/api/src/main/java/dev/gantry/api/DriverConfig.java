package dev.gantry.api;

import java.util.Map;

/**
 * The driver that makes a volume on demand.
 */
public record DriverConfig(
        @OmitEmpty String name, @OmitEmpty Map<String, String> options) {

    public DriverConfig {
        name = Absent.text(name);
        options = Absent.texts(options);
    }
}
