package dev.gantry.daemon.api.docker.health;

import dev.gantry.api.Health;
import dev.gantry.api.HealthConfig;
import dev.gantry.api.HealthcheckResult;
import dev.gantry.daemon.service.health.Healthcheck;
import dev.gantry.daemon.service.health.ProbeResult;

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

    /** Health with the last results. */
    public static Health health(dev.gantry.daemon.service.health.Health health) {
        return new Health(
                health.status().text(),
                health.failingStreak(),
                health.log().stream().map(HealthViews::result).toList());
    }

    private static HealthcheckResult result(ProbeResult result) {
        return new HealthcheckResult(
                result.start().toString(), result.end().toString(), result.exitCode(), result.output());
    }

    /** What the STATUS column says of health. */
    public static String inStatus(dev.gantry.daemon.service.health.Health health) {
        return health.status() == dev.gantry.daemon.service.health.Health.Status.STARTING
                ? " (health: starting)"
                : " (" + health.status().text() + ")";
    }
}
