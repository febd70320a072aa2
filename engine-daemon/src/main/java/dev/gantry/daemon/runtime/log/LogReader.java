package dev.gantry.daemon.runtime.log;

import dev.gantry.daemon.linux.watch.FileWatch;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * Reads a log that conmon writes in its format {@code k8s-file}, also while it is written, truncated or replaced. One
 * object serves any number of readers at the same time; each call reads on the caller's thread, which should be a
 * platform thread where it follows.
 */
public final class LogReader {

    private static final Duration LOOK = Duration.ofMillis(100);
    private static final Duration LOOK_AFTER_CLOSE = Duration.ofMillis(5);
    private static final int LOOKS_AFTER_CLOSE = 40;
    private static final int OPEN_ATTEMPTS = 100;

    private final Path file;

    public LogReader(Path file) {
        this.file = file;
    }

    /**
     * Passes the wanted lines to the sink and returns at the log's end. A log that does not exist is empty. Following, it
     * returns once {@code ended} is complete and all that was written before is passed on, or once {@code cancelled} is
     * complete or the wanted time is over.
     *
     * @param ended completes when nothing more will be written; looked at only when following
     * @param cancelled completes when nobody wants the lines any more
     * @throws UncheckedIOException where the file cannot be read
     */
    public void read(LogOptions options, LogSink sink, CompletableFuture<?> ended, CompletableFuture<?> cancelled) {
        try {
            new Run(options, sink, ended, cancelled).run();
        } catch (IOException e) {
            throw new UncheckedIOException("Reading the log " + file, e);
        }
    }

    /** An open log and who it is, so that a replacement is noticed. */
    private record Opened(FileChannel channel, Object key) implements AutoCloseable {
        @Override
        public void close() throws IOException {
            channel.close();
        }
    }

    private Optional<Opened> open() throws IOException {
        for (int attempt = 0; attempt < OPEN_ATTEMPTS; attempt++) {
            try {
                Object before = key();
                FileChannel channel = FileChannel.open(file);
                if (before.equals(key())) {
                    return Optional.of(new Opened(channel, before));
                }
                channel.close();
            } catch (NoSuchFileException e) {
                return Optional.empty();
            }
        }
        throw new IOException("The log is replaced faster than it can be opened");
    }

    private Object key() throws IOException {
        return Objects.requireNonNull(
                Files.readAttributes(file, BasicFileAttributes.class).fileKey());
    }

    /** One call of {@link #read}. */
    private final class Run {
        private final LogOptions options;
        private final LogSink sink;
        private final CompletableFuture<?> ended;
        private final CompletableFuture<?> cancelled;
        private final LineScanner scanner;
        private long position;

        Run(LogOptions options, LogSink sink, CompletableFuture<?> ended, CompletableFuture<?> cancelled) {
            this.options = options;
            this.sink = sink;
            this.ended = ended;
            this.cancelled = cancelled;
            this.scanner = new LineScanner(options, sink);
        }

        void run() throws IOException {
            boolean first = true;
            boolean goOn = true;
            while (goOn) {
                boolean last = !options.follow() || ended.isDone();
                Optional<Opened> opened = open();
                if (opened.isEmpty()) {
                    goOn = !last && !over();
                    pause();
                    continue;
                }
                try (Opened log = opened.get()) {
                    position = first && options.tail().isPresent()
                            ? new TailFinder(options.streams())
                                    .find(log.channel(), options.tail().get())
                            : 0;
                    first = false;
                    goOn = options.follow() ? follow(log) : drainOnce(log);
                }
                scanner.restart();
            }
            sink.flush();
        }

        private boolean drainOnce(Opened log) throws IOException {
            drain(log.channel());
            return false;
        }

        /** Reads until the log is over, or replaced: then true. */
        private boolean follow(Opened log) throws IOException {
            try (FileWatch watch = FileWatch.on(file)) {
                int shortLooks = 0;
                while (true) {
                    // In this order: what was written before the end must still be found.
                    boolean last = ended.isDone();
                    boolean replaced = !stillThere(log);
                    drain(log.channel());
                    if ((last && !replaced) || over()) {
                        return false;
                    }
                    if (replaced) {
                        return true;
                    }
                    sink.flush();
                    FileWatch.Outcome outcome = watch.await(shortLooks > 0 ? LOOK_AFTER_CLOSE : LOOK);
                    shortLooks = outcome == FileWatch.Outcome.CLOSED ? LOOKS_AFTER_CLOSE : Math.max(0, shortLooks - 1);
                }
            }
        }

        private boolean stillThere(Opened log) throws IOException {
            try {
                return log.key().equals(key());
            } catch (NoSuchFileException e) {
                return true;
            }
        }

        private void drain(FileChannel channel) throws IOException {
            if (channel.size() < position) {
                position = 0;
                scanner.restart();
            }
            while (!over()) {
                ByteBuffer room = scanner.room();
                int count = channel.read(room, position);
                if (count <= 0) {
                    return;
                }
                position += count;
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
                    throw new InterruptedIOException("Waiting for the log " + file);
                }
            }
        }
    }
}
