package dev.gantry.daemon.service.event;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import dev.gantry.daemon.type.EngineException;
import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.RandomAccessFile;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * Keeps events on disk, the last 16 MB or so, for those who ask later, also in a later life of the daemon. A thread of
 * its own writes, so that a slow disk delays nobody who publishes; what was published in the last moments before a crash
 * of the machine may be missing.
 */
public final class EventJournal implements AutoCloseable {

    private static final Logger LOG = System.getLogger(EventJournal.class.getName());
    private static final String SUFFIX = ".events";
    private static final int QUEUE = 16_384;
    private static final int BATCH = 256;
    private static final Duration CLOSE_DEADLINE = Duration.ofSeconds(10);
    private static final Duration FLUSH_DEADLINE = Duration.ofSeconds(2);
    private static final Duration LOOK = Duration.ofSeconds(1);

    private final Path directory;
    private final long segmentBytes;
    private final int segments;
    private final BlockingQueue<NumberedEvent> queue = new ArrayBlockingQueue<>(QUEUE);
    private final Object progress = new Object();
    private final Thread writer;
    private long written;
    private Instant lastTime = Instant.MIN;
    private Path current;
    private volatile boolean closed;

    private EventJournal(Path directory, long segmentBytes, int segments) throws IOException {
        this.directory = directory;
        this.segmentBytes = segmentBytes;
        this.segments = segments;
        Files.createDirectories(directory);
        this.current = segment(1);
        takeUp();
        this.writer = new Thread(null, this::write, "event-journal", 256 * 1024);
        writer.setDaemon(true);
    }

    /** Opens the journal in a directory of its own, which is made where it is missing. */
    public static EventJournal open(Path directory) {
        return open(directory, 1 << 20, 16);
    }

    static EventJournal open(Path directory, long segmentBytes, int segments) {
        try {
            EventJournal journal = new EventJournal(directory, segmentBytes, segments);
            journal.writer.start();
            return journal;
        } catch (IOException e) {
            throw EngineException.internal("opening the journal of events in " + directory + ": " + e.getMessage(), e);
        }
    }

    private Path segment(long firstNumber) {
        return directory.resolve("%016d".formatted(firstNumber) + SUFFIX);
    }

    /** All segments, oldest first. */
    private List<Path> files() throws IOException {
        try (Stream<Path> entries = Files.list(directory)) {
            return entries.filter(e -> e.getFileName().toString().endsWith(SUFFIX))
                    .sorted()
                    .toList();
        }
    }

    /** Finds where an earlier life stopped, and ends a line that it tore. */
    private void takeUp() throws IOException {
        List<Path> files = files();
        if (files.isEmpty()) {
            return;
        }
        current = files.get(files.size() - 1);
        for (Path file : files.subList(Math.max(0, files.size() - 2), files.size())) {
            try (Stream<String> lines = Files.lines(file, ISO_8859_1)) {
                lines.map(EventLine::read).flatMap(Optional::stream).forEach(event -> {
                    written = Math.max(written, event.number());
                    lastTime = event.event().time();
                });
            }
        }
        try (RandomAccessFile file = new RandomAccessFile(current.toFile(), "rw")) {
            if (file.length() > 0) {
                file.seek(file.length() - 1);
                if (file.read() != '\n') {
                    file.write('\n');
                }
            }
        }
    }

    /** The number of the last event that is written. */
    long lastNumber() {
        synchronized (progress) {
            return written;
        }
    }

    Instant lastTime() {
        return lastTime;
    }

    /** Has an event written soon; never waits. */
    void append(NumberedEvent event) {
        if (!queue.offer(event)) {
            LOG.log(Level.WARNING, "event not kept, the disk is too slow number={0}", event.number());
        }
    }

    private void write() {
        List<NumberedEvent> batch = new ArrayList<>();
        while (!closed || !queue.isEmpty()) {
            try {
                NumberedEvent first = queue.poll(LOOK.toMillis(), TimeUnit.MILLISECONDS);
                if (first != null) {
                    batch.add(first);
                    queue.drainTo(batch, BATCH);
                    write(batch);
                }
            } catch (InterruptedException e) {
                closed = true;
            } catch (IOException e) {
                LOG.log(Level.WARNING, "events not kept count=" + batch.size(), e);
            }
            if (!batch.isEmpty()) {
                synchronized (progress) {
                    written = batch.get(batch.size() - 1).number();
                    progress.notifyAll();
                }
                batch.clear();
            }
        }
    }

    private void write(List<NumberedEvent> batch) throws IOException {
        if (Files.exists(current) && Files.size(current) >= segmentBytes) {
            current = segment(batch.get(0).number());
            List<Path> files = files();
            for (Path file : files.subList(0, Math.max(0, files.size() - segments + 1))) {
                Files.deleteIfExists(file);
            }
        }
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        batch.forEach(event -> bytes.writeBytes(EventLine.write(event)));
        Files.write(current, bytes.toByteArray(), StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }

    /** Waits until an event is on disk, for a moment at most. */
    private void flush(long number) throws InterruptedException {
        long deadline = System.nanoTime() + FLUSH_DEADLINE.toNanos();
        synchronized (progress) {
            for (long left = deadline - System.nanoTime();
                    written < number && left > 0;
                    left = deadline - System.nanoTime()) {
                progress.wait(Math.max(1, left / 1_000_000));
            }
        }
    }

    /** Opens the events from a time on and before a number. The caller closes. */
    Past past(Instant since, long before) throws InterruptedException {
        flush(before - 1);
        try {
            return new Past(files(), since, before);
        } catch (IOException e) {
            throw EngineException.internal("reading the journal of events: " + e.getMessage(), e);
        }
    }

    /** Events of the past, read as they are asked for: one file is open at a time. For one thread. */
    static final class Past implements AutoCloseable {
        private final List<Path> files;
        private final Instant since;
        private final long before;
        private int next;
        private boolean closed;
        private Optional<BufferedReader> open = Optional.empty();

        Past(List<Path> files, Instant since, long before) {
            this.files = files;
            this.since = since;
            this.before = before;
        }

        /** The next one; empty after the last. */
        synchronized Optional<EngineEvent> next() throws IOException {
            while (open.isPresent() || openNext()) {
                String line = open.orElseThrow().readLine();
                if (line == null) {
                    closeFile();
                    continue;
                }
                Optional<NumberedEvent> event = EventLine.read(line);
                if (event.isPresent()
                        && event.get().number() < before
                        && !event.get().event().time().isBefore(since)) {
                    return event.map(NumberedEvent::event);
                }
            }
            return Optional.empty();
        }

        private boolean openNext() throws IOException {
            while (!closed && next < files.size()) {
                Path file = files.get(next++);
                try {
                    if (!Files.getLastModifiedTime(file).toInstant().isBefore(since)) {
                        open = Optional.of(
                                new BufferedReader(new InputStreamReader(Files.newInputStream(file), UTF_8)));
                        return true;
                    }
                } catch (NoSuchFileException droppedMeanwhile) {
                    LOG.log(Level.DEBUG, "events were dropped before they were read file={0}", file);
                }
            }
            return false;
        }

        /** May come from any thread; there is nothing more after it. */
        @Override
        public synchronized void close() throws IOException {
            closed = true;
            closeFile();
        }

        private void closeFile() throws IOException {
            if (open.isPresent()) {
                open.get().close();
                open = Optional.empty();
            }
        }
    }

    /** Writes what is still to be written. */
    @Override
    public void close() {
        closed = true;
        try {
            writer.join(CLOSE_DEADLINE.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
