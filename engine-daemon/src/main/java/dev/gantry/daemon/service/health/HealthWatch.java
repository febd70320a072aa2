package dev.gantry.daemon.service.health;

import dev.gantry.daemon.service.schedule.Appointment;
import dev.gantry.daemon.service.schedule.Schedule;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/**
 * Looks again and again at one thing that runs, never twice at once, until it is told to stop. Between two looks it costs
 * an entry in the schedule and nothing else. Safe for use by many threads.
 */
public final class HealthWatch {

    private final Healthcheck check;
    private final Instant startedAt;
    private final Subject subject;
    private final Schedule schedule;
    private final Clock clock;
    private volatile Health health;
    private boolean stopped;
    private Appointment next = () -> {};

    private HealthWatch(
            Healthcheck check, Instant startedAt, Health health, Subject subject, Schedule schedule, Clock clock) {
        this.check = check;
        this.startedAt = startedAt;
        this.health = health;
        this.subject = subject;
        this.schedule = schedule;
        this.clock = clock;
    }

    /** What is looked at. */
    public interface Subject {

        /** Whether a look makes sense now; while it does not, the health stays what it is. */
        boolean canBeProbed();

        /**
         * Looks; blocks for the timeout at most and a little. An exception is a failed look.
         *
         * @return the outcome, at whatever times
         */
        Outcome probe(Duration timeout);

        /** Takes a change; called by one thread at a time, before the next look. */
        void changed(Health before, Health after);
    }

    /**
     * The outcome of a look.
     *
     * @param exitCode 0: well
     * @param output for people
     */
    public record Outcome(int exitCode, String output) {}

    /**
     * Begins to look.
     *
     * @param startedAt when the run of it began
     * @param known what is known so far
     */
    public static HealthWatch begin(
            Healthcheck check, Instant startedAt, Health known, Subject subject, Schedule schedule, Clock clock) {
        HealthWatch watch = new HealthWatch(check, startedAt, known, subject, schedule, clock);
        watch.planNext();
        return watch;
    }

    public Health health() {
        return health;
    }

    /** Looks no more; a look that is under way counts no more. */
    public synchronized void stop() {
        stopped = true;
        next.cancel();
    }

    private synchronized void planNext() {
        if (!stopped) {
            next = schedule.in(interval(), this::look);
        }
    }

    private Duration interval() {
        boolean inStartPeriod = Duration.between(startedAt, clock.instant()).compareTo(check.startPeriod()) < 0;
        return inStartPeriod && health.status() == Health.Status.STARTING
                ? check.effectiveStartInterval()
                : check.effectiveInterval();
    }

    private void look() {
        try {
            if (subject.canBeProbed()) {
                Instant start = clock.instant();
                Outcome outcome = outcome();
                take(new ProbeResult(start, clock.instant(), outcome.exitCode(), outcome.output()));
            }
        } finally {
            planNext();
        }
    }

    private Outcome outcome() {
        try {
            return subject.probe(check.effectiveTimeout());
        } catch (RuntimeException e) {
            return new Outcome(-1, e.getMessage() == null ? e.toString() : e.getMessage());
        }
    }

    private void take(ProbeResult result) {
        Health before;
        Health after;
        synchronized (this) {
            if (stopped || !subject.canBeProbed()) {
                return;
            }
            before = health;
            after = before.after(result, check, startedAt);
            health = after;
        }
        subject.changed(before, after);
    }
}
