package dev.gantry.daemon.service.health;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * How something is, as the last looks showed it. Immutable: each look makes another one.
 *
 * @param status the verdict
 * @param failingStreak how many looks in a row failed and counted
 * @param log the last results, the oldest first
 */
public record Health(Status status, int failingStreak, List<ProbeResult> log) {

    /** The verdicts. */
    public enum Status {
        STARTING("starting"),
        HEALTHY("healthy"),
        UNHEALTHY("unhealthy");

        private final String text;

        Status(String text) {
            this.text = text;
        }

        /** The verdict as users read it. */
        public String text() {
            return text;
        }
    }

    private static final int KEPT = 5;

    /** Nothing is known yet. */
    public static final Health UNKNOWN = new Health(Status.STARTING, 0, List.of());

    public Health {
        log = List.copyOf(log);
    }

    /** The beginning of another run; the results of the last one are still of interest. */
    public Health startedAgain() {
        return new Health(Status.STARTING, 0, log);
    }

    /** The end of a run. */
    public Health ended() {
        // compat: docker calls what has ended unhealthy
        return new Health(Status.UNHEALTHY, failingStreak, log);
    }

    /**
     * What a further result makes of it. Failures count from the first success or the end of the start period on.
     *
     * @param startedAt when the run began
     */
    public Health after(ProbeResult result, Healthcheck check, Instant startedAt) {
        List<ProbeResult> results = new ArrayList<>(log);
        results.add(result);
        List<ProbeResult> last = results.subList(Math.max(0, results.size() - KEPT), results.size());
        if (result.exitCode() == 0) {
            return new Health(Status.HEALTHY, 0, last);
        }
        boolean early = Duration.between(startedAt, result.start()).compareTo(check.startPeriod()) < 0;
        if (status == Status.STARTING && early) {
            return new Health(status, failingStreak, last);
        }
        int streak = failingStreak + 1;
        return new Health(streak >= check.effectiveRetries() ? Status.UNHEALTHY : status, streak, last);
    }
}
