package dev.gantry.daemon.api.docker.health;

import dev.gantry.api.HealthConfig;
import dev.gantry.daemon.service.health.Healthcheck;

/** Shows health and how it is found out as the Engine API does. */
public final class HealthViews {

    private HealthViews() {}

    /** How health is found out. */
    public static HealthConfig config(Healthcheck check) {
        return new HealthConfig(
                check.test(),
                check.interval().toNanos(),
                check.timeout().toNanos(),
                check.startPeriod().toNanos(),
                check.startInterval().toNanos(),
                check.retries());
    }
}
