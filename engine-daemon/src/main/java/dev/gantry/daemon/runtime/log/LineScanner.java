package dev.gantry.daemon.runtime.log;

import dev.gantry.daemon.type.StreamType;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;

/**
 * Turns blocks of a log file into calls of a sink: finds lines, filters, joins parts, puts times in front. Damaged lines
 * are passed over. For one thread.
 */
final class LineScanner {

    /** More than conmon ever writes as one line; what is longer is damage. */
    static final int BLOCK = 256 * 1024;

    private static final int PREFIX = LogTime.WRITTEN_LENGTH + 1;
    private static final byte[] NOTHING = {};

    private final LogOptions options;
    private final LogSink sink;
    private final boolean[] wanted = new boolean[LogEntry.STREAMS];
    private final boolean[] insideLine = new boolean[LogEntry.STREAMS];
    private final boolean filterByTime;
    private final Instant since;
    private final Instant until;
    private final byte[] block = new byte[LogSink.HEADROOM + BLOCK];
    private final ByteBuffer view = ByteBuffer.wrap(block);
    private final LogEntry entry = new LogEntry();
    private final LogTime time = new LogTime();
    private final byte[] details;
    private byte[] scratch = NOTHING;
    private int filled = LogSink.HEADROOM;
    private boolean skipping;
    private boolean pastUntil;

    LineScanner(LogOptions options, LogSink sink) {
        this.options = options;
        this.sink = sink;
        for (StreamType stream : options.streams()) {
            wanted[LogEntry.indexOf(stream)] = true;
        }
        filterByTime = options.since().isPresent() || options.until().isPresent();
        since = options.since().orElse(Instant.MIN);
        until = options.until().orElse(Instant.MAX);
        details = options.details().isEmpty() ? NOTHING : (options.details() + " ").getBytes(StandardCharsets.UTF_8);
    }

    /** The room that the next bytes of the file are to be read into; {@link #scan} afterwards. */
    ByteBuffer room() {
        return ByteBuffer.wrap(block, filled, block.length - filled);
    }

    /** Whether a line after the end of the wanted time was met: nothing more will be passed on. */
    boolean pastUntil() {
        return pastUntil;
    }

    /** The next file of the log begins. What the one before began and did not end is damage. */
    void nextFile() {
        filled = LogSink.HEADROOM;
        skipping = false;
    }

    /** The file was cut: what it began and did not end is gone. */
    void restart() {
        nextFile();
        Arrays.fill(insideLine, false);
    }

    /** Passes on all whole lines that are there after so many new bytes. */
    void scan(int added) {
        int end = filled + added;
        int from = LogSink.HEADROOM;
        int search = filled;
        while (!pastUntil) {
            int newline = search;
            while (newline < end && block[newline] != '\n') {
                newline++;
            }
            if (newline == end) {
                break;
            }
            if (skipping) {
                skipping = false;
            } else {
                line(from, newline);
            }
            from = newline + 1;
            search = from;
        }
        keep(from, end);
    }

    private void keep(int from, int end) {
        int rest = end - from;
        if (rest == BLOCK) {
            skipping = true;
            rest = 0;
        }
        System.arraycopy(block, from, block, LogSink.HEADROOM, rest);
        filled = LogSink.HEADROOM + rest;
    }

    private void line(int from, int newline) {
        if (!entry.parse(block, from, newline)) {
            return;
        }
        int stream = LogEntry.indexOf(entry.stream());
        if (!wanted[stream]) {
            return;
        }
        boolean first = !insideLine[stream];
        if ((filterByTime || (options.timestamps() && first)) && !time.parse(block, from, entry.timeEnd())) {
            return;
        }
        if (filterByTime && !inTime()) {
            return;
        }
        insideLine[stream] = entry.partial();
        int end = entry.partial() ? newline : newline + 1;
        pass(from, end, first);
    }

    private boolean inTime() {
        if (before(since)) {
            return false;
        }
        if (options.until().isPresent() && after(until)) {
            pastUntil = true;
            return false;
        }
        return true;
    }

    private boolean before(Instant other) {
        return time.seconds() != other.getEpochSecond()
                ? time.seconds() < other.getEpochSecond()
                : time.nanos() < other.getNano();
    }

    private boolean after(Instant other) {
        return time.seconds() != other.getEpochSecond()
                ? time.seconds() > other.getEpochSecond()
                : time.nanos() > other.getNano();
    }

    /** The head of the line makes room for the time and the sink's frame, as a rule: nothing is copied. */
    private void pass(int from, int end, boolean first) {
        int text = entry.textStart();
        boolean stamped = options.timestamps() && first;
        byte[] detail = first ? details : NOTHING;
        if (!stamped && detail.length == 0) {
            view.limit(end).position(text);
            sink.line(entry.stream(), view);
            return;
        }
        int prefix = (stamped ? PREFIX : 0) + detail.length;
        int start = text - prefix;
        if (start >= from) {
            writePrefix(block, start, stamped, detail);
            view.limit(end).position(start);
            sink.line(entry.stream(), view);
            return;
        }
        int length = end - text;
        if (scratch.length < LogSink.HEADROOM + prefix + length) {
            scratch = new byte[LogSink.HEADROOM + prefix + length];
        }
        writePrefix(scratch, LogSink.HEADROOM, stamped, detail);
        System.arraycopy(block, text, scratch, LogSink.HEADROOM + prefix, length);
        sink.line(entry.stream(), ByteBuffer.wrap(scratch, LogSink.HEADROOM, prefix + length));
    }

    private void writePrefix(byte[] target, int at, boolean stamped, byte[] detail) {
        if (stamped) {
            stamp(target, at);
        }
        System.arraycopy(detail, 0, target, at + (stamped ? PREFIX : 0), detail.length);
    }

    private void stamp(byte[] target, int at) {
        time.write(target, at);
        target[at + LogTime.WRITTEN_LENGTH] = ' ';
    }
}
