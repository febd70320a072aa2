package dev.gantry.api;

import java.util.List;

/**
 * The health of a container: starting, healthy or unhealthy, with the last probes.
 */
public record Health(String status, int failingStreak, List<HealthcheckResult> log) {

    public Health {
        status = Absent.text(status);
        log = Absent.list(log);
    }
}
