package dev.gantry.api;

import java.util.List;

/**
 * How to test that a container is healthy. Times in nanoseconds; 0 inherits.
 *
 * @param test empty inherits, {@code NONE} disables, {@code CMD args...} or {@code CMD-SHELL command}
 */
public record HealthConfig(
        @OmitEmpty List<String> test,
        @OmitEmpty long interval,
        @OmitEmpty long timeout,
        @OmitEmpty long startPeriod,
        @OmitEmpty long startInterval,
        @OmitEmpty int retries) {

    public HealthConfig {
        test = Absent.list(test);
    }
}
