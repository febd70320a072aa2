package dev.gantry.daemon.service.schedule;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** A schedule and a clock whose time passes only when a test says so; what is due runs on the test's thread. */
public final class FakeSchedule extends Clock implements Schedule {

    private final List<Due> due = new ArrayList<>();
    private Instant now = Instant.parse("2030-01-01T00:00:00Z");

    private record Due(Instant at, Runnable work) {}

    @Override
    public Appointment in(Duration delay, Runnable work) {
        Due one = new Due(now.plus(delay), work);
        due.add(one);
        return () -> due.remove(one);
    }

    /** How long until the next work is due; empty where none is. */
    public Optional<Duration> next() {
        return due.stream().map(Due::at).min(Comparator.naturalOrder()).map(at -> Duration.between(now, at));
    }

    /** Lets time pass, doing what becomes due in its order. */
    public void pass(Duration time) {
        Instant end = now.plus(time);
        while (true) {
            Optional<Due> first = due.stream().filter(d -> !d.at().isAfter(end)).min(Comparator.comparing(Due::at));
            if (first.isEmpty()) {
                now = end;
                return;
            }
            due.remove(first.get());
            now = first.get().at();
            first.get().work().run();
        }
    }

    @Override
    public Instant instant() {
        return now;
    }

    @Override
    public ZoneId getZone() {
        return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
        return this;
    }
}
