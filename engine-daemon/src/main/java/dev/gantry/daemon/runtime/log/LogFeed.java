package dev.gantry.daemon.runtime.log;

import dev.gantry.daemon.linux.watch.FileWatch;
import dev.gantry.daemon.type.StreamType;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.NoSuchFileException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Reads a log line by line from a place that outlives the daemon, across its files. For one thread; whoever makes it
 * closes it.
 */
public final class LogFeed implements AutoCloseable {

    /** compat: docker's drivers cut lines there too */
    private static final int LONGEST = 16 * 1024;

    private final ContainerLog log;
    private final LogCursor cursor;
    private final byte[] block = new byte[LineScanner.BLOCK];
    private final LogEntry entry = new LogEntry();
    private final LogTime time = new LogTime();
    private Optional<OpenSegment> open = Optional.empty();
    private LogPosition position;
    private int filled;
    private final Unfinished[] unfinished = {new Unfinished(StreamType.STDOUT), new Unfinished(StreamType.STDERR)};

    public LogFeed(ContainerLog log, LogPosition from) {
        this.log = log;
        this.cursor = log.openCursor();
        this.position = from;
    }

    /** Takes lines of a log. */
    public interface Sink {
        /** Takes a line; where this throws, the feed is of no more use, and its position is that before the line. */
        void take(LogLine line) throws IOException, InterruptedException;
    }

    /** A place before which every line was taken. */
    public LogPosition position() {
        LogPosition safe = position;
        for (Unfinished line : unfinished) {
            if (line.text.size() > 0 && line.from.compareTo(safe) < 0) {
                safe = line.from;
            }
        }
        return safe;
    }

    /** Passes on what was written without a newline: nothing more will come. */
    public void finish(Sink sink) throws IOException, InterruptedException {
        for (Unfinished line : unfinished) {
            if (line.text.size() > 0) {
                line.pass(false, sink);
            }
        }
    }

    /** The parts of a line: the monitor ends one wherever its buffer does. */
    private static final class Unfinished {
        private final StreamType stream;
        private final ByteArrayOutputStream text = new ByteArrayOutputStream();
        private Instant time = Instant.EPOCH;
        private LogPosition from = LogPosition.START;

        Unfinished(StreamType stream) {
            this.stream = stream;
        }

        void add(byte[] bytes, int start, int end, LogPosition at, LogTime written) {
            if (text.size() == 0) {
                from = at;
                time = Instant.ofEpochSecond(written.seconds(), written.nanos());
            }
            text.write(bytes, start, end - start);
        }

        void pass(boolean partial, Sink sink) throws IOException, InterruptedException {
            sink.take(new LogLine(time, stream, partial, text.toByteArray()));
            text.reset();
        }
    }

    /** Passes on a block of lines; false where there is nothing new just now. */
    public boolean poll(Sink sink) throws IOException, InterruptedException {
        if (open.isEmpty() && !openNext(position.file() - 1)) {
            return false;
        }
        OpenSegment segment = open.orElseThrow();
        // in this order: what was written before the file was closed must still be found
        boolean closed = !log.isCurrent(segment.key());
        fill(segment);
        if (pass(sink)) {
            return true;
        }
        if (filled == block.length) {
            // no line is so long: damage
            advance(filled);
            filled = 0;
            return true;
        }
        return closed && openNext(segment.number());
    }

    private boolean openNext(long after) throws IOException {
        cursor.moveTo(after);
        Optional<OpenSegment> next = log.next(cursor);
        if (next.isEmpty()) {
            return false;
        }
        closeSegment();
        open = next;
        filled = 0;
        if (next.get().number() == position.file()) {
            next.get().seek(position.offset());
        } else {
            position = new LogPosition(next.get().number(), 0);
        }
        return true;
    }

    private void fill(OpenSegment segment) throws IOException {
        if (segment.wasCut()) {
            position = new LogPosition(position.file(), 0);
            segment.seek(0);
            filled = 0;
        }
        int count;
        do {
            count = segment.read(ByteBuffer.wrap(block, filled, block.length - filled));
            filled += Math.max(0, count);
        } while (count > 0 && filled < block.length);
    }

    /** Passes on the whole lines of the block and keeps the rest; false where there were none. */
    private boolean pass(Sink sink) throws IOException, InterruptedException {
        int from = 0;
        for (int i = 0; i < filled; i++) {
            if (block[i] == '\n') {
                if (entry.parse(block, from, i) && time.parse(block, from, entry.timeEnd())) {
                    Unfinished line = unfinished[LogEntry.indexOf(entry.stream())];
                    line.add(block, entry.textStart(), i, position, time);
                    if (!entry.partial() || line.text.size() >= LONGEST) {
                        line.pass(entry.partial(), sink);
                    }
                }
                advance(i + 1 - from);
                from = i + 1;
            }
        }
        System.arraycopy(block, from, block, 0, filled - from);
        filled -= from;
        return from > 0;
    }

    private void advance(int bytes) {
        position = new LogPosition(position.file(), position.offset() + bytes);
    }

    /** Waits until something is written, at most so long. */
    public void await(Duration atMost) {
        try (FileWatch watch = FileWatch.on(log.file())) {
            FileWatch.Outcome unused = watch.await(atMost);
        }
    }

    private void closeSegment() throws IOException {
        if (open.isPresent()) {
            open.get().close();
            open = Optional.empty();
        }
    }

    @Override
    public void close() throws IOException {
        try {
            closeSegment();
        } catch (NoSuchFileException gone) {
            open = Optional.empty();
        } finally {
            cursor.close();
        }
    }
}
