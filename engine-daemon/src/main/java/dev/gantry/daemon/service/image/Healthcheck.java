package dev.gantry.daemon.service.image;

import java.time.Duration;
import java.util.List;

/**
 * How an image wants its containers' health to be found out. A duration or count of zero means the default.
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

    /** A check of which everything but the probe is the default. */
    public static Healthcheck of(List<String> test) {
        return new Healthcheck(test, Duration.ZERO, Duration.ZERO, Duration.ZERO, Duration.ZERO, 0);
    }
}
