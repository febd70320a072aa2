package dev.gantry.daemon.runtime.log;

import dev.gantry.daemon.linux.watch.FileWatch;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.NoSuchFileException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * Reads a log that conmon writes in its format {@code k8s-file}, file after file, also while it is written, closed or
 * cut. One object serves any number of readers at the same time; each call reads on the caller's thread, which should be
 * a platform thread where it follows.
 */
public final class LogReader {

    private static final Duration LOOK = Duration.ofMillis(100);
    private static final Duration LOOK_AFTER_CLOSE = Duration.ofMillis(5);
    private static final int LOOKS_AFTER_CLOSE = 40;

    private final ContainerLog log;

    public LogReader(ContainerLog log) {
        this.log = log;
    }

    /**
     * Passes the wanted lines to the sink and returns at the log's end. A log that does not exist is empty. Following, it
     * returns once {@code ended} is complete and all that was written before is passed on, or once {@code cancelled} is
     * complete or the wanted time is over.
     *
     * @param ended completes when nothing more will be written; looked at only when following
     * @param cancelled completes when nobody wants the lines any more
     * @throws UncheckedIOException where a file cannot be read
     */
    public void read(LogOptions options, LogSink sink, CompletableFuture<?> ended, CompletableFuture<?> cancelled) {
        try (LogCursor cursor = log.openCursor()) {
            new Run(options, sink, ended, cancelled, cursor).run();
        } catch (IOException e) {
            throw new UncheckedIOException("Reading the log " + log.file(), e);
        }
    }

    /** One call of {@link #read}. */
    private final class Run {
        private final LogOptions options;
        private final LogSink sink;
        private final CompletableFuture<?> ended;
        private final CompletableFuture<?> cancelled;
        private final LogCursor cursor;
        private final LineScanner scanner;

        Run(
                LogOptions options,
                LogSink sink,
                CompletableFuture<?> ended,
                CompletableFuture<?> cancelled,
                LogCursor cursor) {
            this.options = options;
            this.sink = sink;
            this.ended = ended;
            this.cancelled = cancelled;
            this.cursor = cursor;
            this.scanner = new LineScanner(options, sink);
        }

        void run() throws IOException {
            if (options.follow()) {
                follow(options.tail().isPresent() ? tail(options.tail().get()) : first());
            } else {
                readOnce();
            }
            sink.flush();
        }

        /** What is there now, and not what a busy writer adds meanwhile. */
        private void readOnce() throws IOException {
            Optional<Segment> last = log.survey().current();
            Optional<OpenSegment> next =
                    options.tail().isPresent() ? tail(options.tail().get()) : first();
            boolean goOn = true;
            while (goOn && next.isPresent()) {
                try (OpenSegment segment = next.get()) {
                    boolean isLast =
                            last.isEmpty() || segment.number() >= last.get().number();
                    drain(segment, isLast && last.isPresent() ? last.get().size() : Long.MAX_VALUE);
                    goOn = !isLast && !over();
                }
                scanner.nextFile();
                next = goOn ? log.next(cursor) : Optional.empty();
            }
        }

        /** The first file that may hold wanted lines. */
        private Optional<OpenSegment> first() throws IOException {
            options.since().ifPresent(since -> skipOlder(since));
            return log.next(cursor);
        }

        private void skipOlder(Instant since) {
            try {
                for (Segment segment : log.survey().closed()) {
                    if (!segment.lastWritten().isBefore(since)) {
                        return;
                    }
                    cursor.moveTo(segment.number());
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        private Optional<OpenSegment> tail(long lines) throws IOException {
            TailFinder finder = new TailFinder(options.streams(), lines);
            List<Segment> all = log.survey().all();
            long position = 0;
            int at = all.size();
            do {
                at--;
                Optional<Long> found = at < 0 ? Optional.empty() : search(finder, all.get(at));
                position = found.orElse(0L);
            } while (at > 0 && finder.needsMore());
            if (at < 0) {
                return Optional.empty();
            }
            cursor.moveTo(all.get(at).number() - 1);
            Optional<OpenSegment> opened = log.next(cursor);
            if (opened.isPresent() && opened.get().number() == all.get(at).number()) {
                opened.get().seek(position);
            }
            return opened;
        }

        /** Empty where the file is gone. */
        private Optional<Long> search(TailFinder finder, Segment candidate) throws IOException {
            try (OpenSegment segment = OpenSegment.open(candidate);
                    FileChannel content = segment.seekable()) {
                return Optional.of(finder.find(content));
            } catch (NoSuchFileException removed) {
                return Optional.empty();
            }
        }

        private void follow(Optional<OpenSegment> first) throws IOException {
            Optional<OpenSegment> next = first;
            boolean goOn = true;
            while (goOn) {
                boolean last = ended.isDone();
                if (next.isPresent()) {
                    try (OpenSegment segment = next.get()) {
                        goOn = followOne(segment);
                    }
                    scanner.nextFile();
                } else {
                    goOn = !last && !over();
                    pause();
                }
                next = goOn ? log.next(cursor) : Optional.empty();
            }
        }

        /** Reads until the log is over, or the file is closed and read to its end: then true. */
        private boolean followOne(OpenSegment segment) throws IOException {
            if (!log.isCurrent(segment.key())) {
                drain(segment, Long.MAX_VALUE);
                return !over();
            }
            try (FileWatch watch = FileWatch.on(log.file())) {
                int shortLooks = 0;
                while (true) {
                    // In this order: what was written before the end must still be found.
                    boolean last = ended.isDone();
                    boolean closed = !log.isCurrent(segment.key());
                    drain(segment, Long.MAX_VALUE);
                    if ((last && !closed) || over()) {
                        return false;
                    }
                    if (closed) {
                        return true;
                    }
                    sink.flush();
                    FileWatch.Outcome outcome = watch.await(shortLooks > 0 ? LOOK_AFTER_CLOSE : LOOK);
                    shortLooks = outcome == FileWatch.Outcome.CLOSED ? LOOKS_AFTER_CLOSE : Math.max(0, shortLooks - 1);
                }
            }
        }

        /** Reads to the end of the file as it is now, or to a position. */
        private void drain(OpenSegment segment, long end) throws IOException {
            if (segment.wasCut()) {
                segment.seek(0);
                scanner.restart();
            }
            while (!over() && segment.position() < end) {
                ByteBuffer room = scanner.room();
                long rest = end - segment.position();
                if (rest < room.remaining()) {
                    room.limit(room.position() + (int) rest);
                }
                int count = segment.read(room);
                if (count <= 0) {
                    return;
                }
                scanner.scan(count);
            }
        }

        private boolean over() {
            return cancelled.isDone()
                    || scanner.pastUntil()
                    || (options.follow()
                            && options.until().isPresent()
                            && Instant.now().isAfter(options.until().get()));
        }

        private void pause() throws IOException {
            if (options.follow() && !ended.isDone() && !over()) {
                try {
                    Thread.sleep(LOOK_AFTER_CLOSE.toMillis());
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                    throw new InterruptedIOException("Waiting for the log " + log.file());
                }
            }
        }
    }
}
