package dev.gantry.daemon.store.volume;

import java.time.Instant;
import java.util.Map;

/**
 * A volume of the local driver.
 *
 * @param name unique among volumes
 * @param created when
 * @param labels given by the user
 * @param options of the driver
 */
public record Volume(String name, Instant created, Map<String, String> labels, Map<String, String> options) {

    public Volume {
        VolumeName.check(name);
        labels = Map.copyOf(labels);
        options = Map.copyOf(options);
    }
}
