package dev.gantry.daemon.service.log;

import java.util.HashMap;
import java.util.Map;

/**
 * The daemon's own driver and options, for containers that name none.
 *
 * @param driver as configured
 * @param options for containers with that driver, unless they say otherwise
 */
public record LogDefaults(String driver, Map<String, String> options) {

    /** What applies where nothing is configured. */
    public static final LogDefaults NONE = new LogDefaults(LogDriver.JSON_FILE.word(), Map.of());

    public LogDefaults {
        options = Map.copyOf(options);
    }

    /** What a container that asks for this gets. */
    public LogChoice complete(String wantedDriver, Map<String, String> wantedOptions) {
        String chosen = wantedDriver.isEmpty() ? driver : wantedDriver;
        Map<String, String> all = new HashMap<>(chosen.equals(driver) ? options : Map.of());
        all.putAll(wantedOptions);
        return LogChoice.of(chosen, all);
    }
}
