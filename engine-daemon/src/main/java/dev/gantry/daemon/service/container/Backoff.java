package dev.gantry.daemon.service.container;

import java.time.Duration;

/** How long to wait before each restart: twice as long each time, and little again after a run that lasted. Used under the container's lock. */
final class Backoff {

    private static final Duration SHORTEST = Duration.ofMillis(100);
    private static final Duration LONGEST = Duration.ofMinutes(1);
    private static final Duration STEADY = Duration.ofSeconds(10);

    private Duration last = Duration.ZERO;

    /** @param uptime of the run that has ended; zero where the start failed */
    Duration next(Duration uptime) {
        if (last.isZero() || uptime.compareTo(STEADY) >= 0) {
            last = SHORTEST;
        } else {
            Duration doubled = last.multipliedBy(2);
            last = doubled.compareTo(LONGEST) > 0 ? LONGEST : doubled;
        }
        return last;
    }

    void reset() {
        last = Duration.ZERO;
    }
}
