package dev.gantry.daemon.service.health;

import java.time.Duration;
import java.util.List;

/**
 * How a container's health is to be found out, as an image or a user says it. A duration or count of zero means the default.
 *
 * @param test the probe: empty inherits, {@code NONE}, {@code CMD arg…} or {@code CMD-SHELL line}
 * @param interval between two probes
 * @param timeout after which a probe has failed
 * @param startPeriod in which failures do not count
 * @param startInterval between two probes in the start period
 * @param retries the failures in a row that make a container unhealthy
 */
public record Healthcheck(
        List<String> test,
        Duration interval,
        Duration timeout,
        Duration startPeriod,
        Duration startInterval,
        int retries) {

    public Healthcheck {
        test = List.copyOf(test);
    }

    /** This one, and where it says nothing, what another says. */
    public Healthcheck completedBy(Healthcheck other) {
        return new Healthcheck(
                test.isEmpty() ? other.test : test,
                interval.isZero() ? other.interval : interval,
                timeout.isZero() ? other.timeout : timeout,
                startPeriod.isZero() ? other.startPeriod : startPeriod,
                startInterval.isZero() ? other.startInterval : startInterval,
                retries == 0 ? other.retries : retries);
    }

    /** A check of which everything but the probe is the default. */
    public static Healthcheck of(List<String> test) {
        return new Healthcheck(test, Duration.ZERO, Duration.ZERO, Duration.ZERO, Duration.ZERO, 0);
    }
}
