package dev.gantry.daemon.runtime.log;

import dev.gantry.daemon.type.StreamType;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/**
 * Which part of a log is wanted, and how.
 *
 * @param streams of which streams
 * @param since nothing before
 * @param until nothing after
 * @param tail so many lines from the end; absent: all
 * @param follow whether to go on with what is written later
 * @param timestamps whether every line begins with its time, as {@code 2006-01-02T15:04:05.000000000Z } in UTC
 * @param details what is to stand before each line, after its time; empty: nothing
 */
public record LogOptions(
        Set<StreamType> streams,
        Optional<Instant> since,
        Optional<Instant> until,
        Optional<Long> tail,
        boolean follow,
        boolean timestamps,
        String details) {

    /** The whole log of both streams as it is. */
    public static final LogOptions ALL = new LogOptions(
            Set.of(StreamType.STDOUT, StreamType.STDERR),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            false,
            false,
            "");

    public LogOptions {
        streams = Set.copyOf(streams);
        if (tail.isPresent() && tail.get() < 0) {
            throw new IllegalArgumentException("A log has no tail of " + tail.get() + " lines");
        }
    }

    public LogOptions withStreams(Set<StreamType> choice) {
        return new LogOptions(choice, since, until, tail, follow, timestamps, details);
    }

    public LogOptions withSince(Instant time) {
        return new LogOptions(streams, Optional.of(time), until, tail, follow, timestamps, details);
    }

    public LogOptions withUntil(Instant time) {
        return new LogOptions(streams, since, Optional.of(time), tail, follow, timestamps, details);
    }

    public LogOptions withTail(long lines) {
        return new LogOptions(streams, since, until, Optional.of(lines), follow, timestamps, details);
    }

    public LogOptions following() {
        return new LogOptions(streams, since, until, tail, true, timestamps, details);
    }

    public LogOptions withTimestamps() {
        return new LogOptions(streams, since, until, tail, follow, true, details);
    }

    public LogOptions withDetails(String text) {
        return new LogOptions(streams, since, until, tail, follow, timestamps, text);
    }
}
