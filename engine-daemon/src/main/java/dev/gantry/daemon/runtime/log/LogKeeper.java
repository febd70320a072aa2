package dev.gantry.daemon.runtime.log;

import dev.gantry.daemon.linux.watch.WriteWatches;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.PriorityQueue;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.locks.LockSupport;

/**
 * Closes the files of logs when they have become large enough. One thread for all logs: the kernel tells it of the first
 * write to each, after that it looks when the file may be full at the earliest, and then waits for the kernel again. A
 * log that nobody writes to costs nothing, a busy one a few looks a second, and none waits for another.
 */
public final class LogKeeper implements AutoCloseable {

    private static final Logger LOG = System.getLogger(LogKeeper.class.getName());

    /** Faster than a monitor writes. */
    private static final long BYTES_PER_MILLISECOND = 400_000;

    private static final Duration SHORTEST_PAUSE = Duration.ofMillis(1);
    private static final Duration LONGEST_PAUSE = Duration.ofMillis(250);
    private static final Duration WITHOUT_WATCH = Duration.ofMillis(100);
    private static final Duration AFTER_FAILURE = Duration.ofSeconds(5);
    private static final Duration RESTART_DEADLINE = Duration.ofSeconds(5);
    private static final Duration IDLE = Duration.ofSeconds(1);
    private static final Duration LEISURE = Duration.ofMillis(20);
    private static final int LOOKS_IN_HASTE = 100;
    private static final int LOOKS_FOR_NEW_FILE = 500;

    private final WriteWatches watches = WriteWatches.open();
    private final LogCompressor compressor = new LogCompressor();
    private final Map<ContainerLog, Kept> kept = new ConcurrentHashMap<>();
    private final Map<Integer, Kept> byWatch = new HashMap<>();
    private final Queue<Kept> unwatched = new ConcurrentLinkedQueue<>();
    private final PriorityQueue<Look> looks = new PriorityQueue<>();
    private final Executor executor;
    private final Thread thread;
    private volatile boolean closed;

    /** @param executor compresses; threads that may be busy for long */
    public LogKeeper(Executor executor) {
        this.executor = executor;
        this.thread = new Thread(null, this::run, "log-keeper", 256 * 1024);
        thread.setDaemon(true);
        thread.start();
    }

    /** When to look at which log. */
    private record Look(long time, Kept log) implements Comparable<Look> {
        @Override
        public int compareTo(Look other) {
            return Long.signum(time - other.time);
        }
    }

    /** A log that is written to. */
    private static final class Kept {
        private final ContainerLog log;
        private final Runnable reopen;
        private volatile boolean released;
        private volatile Duration pause = SHORTEST_PAUSE;
        private Optional<Object> current = Optional.empty();
        private Optional<Object> closing = Optional.empty();
        private int looksForNewFile;

        Kept(ContainerLog log, Runnable reopen) {
            this.log = log;
            this.reopen = reopen;
        }
    }

    /**
     * Keeps a log within its limits from now on.
     *
     * @param reopen tells the monitor to begin a new file; returns at once
     */
    public void keep(ContainerLog log, Runnable reopen) {
        if (!log.limits().bounded()) {
            return;
        }
        Kept entry = new Kept(log, reopen);
        Kept before = kept.put(log, entry);
        if (before != null) {
            before.released = true;
        }
        if (!arm(entry)) {
            unwatched.add(entry);
        }
    }

    /** Leaves a log alone: nothing is written to it any more. */
    public void release(ContainerLog log) {
        Kept entry = kept.remove(log);
        if (entry != null) {
            entry.released = true;
            synchronized (byWatch) {
                byWatch.values().remove(entry);
            }
            // the monitor may have begun files that nobody has looked at yet
            executor.execute(() -> finish(log));
        }
    }

    /**
     * Has the monitor begin a new file and removes all earlier ones.
     *
     * @return the bytes freed
     */
    public long restart(ContainerLog log, Runnable reopen) throws IOException {
        Optional<Object> before = log.survey().current().map(Segment::key);
        if (before.isPresent()) {
            reopen.run();
            awaitReplacement(log, before.get());
        }
        return log.removeClosed();
    }

    private static void awaitReplacement(ContainerLog log, Object before) throws IOException {
        long deadline = System.nanoTime() + RESTART_DEADLINE.toNanos();
        while (log.isCurrent(before)) {
            if (System.nanoTime() - deadline > 0) {
                throw new IOException(
                        "its monitor has not begun a new file within " + RESTART_DEADLINE.toSeconds() + " s");
            }
            LockSupport.parkNanos(SHORTEST_PAUSE.toNanos());
        }
    }

    private void run() {
        while (!closed) {
            watches.await(untilNextLook(), this::written);
            for (Kept entry = unwatched.poll(); entry != null; entry = unwatched.poll()) {
                later(entry, WITHOUT_WATCH);
            }
            while (!looks.isEmpty() && looks.peek().time() - System.nanoTime() <= 0) {
                look(looks.remove().log());
            }
        }
        watches.close();
    }

    private void written(int watch) {
        Kept entry;
        synchronized (byWatch) {
            entry = byWatch.remove(watch);
        }
        if (entry != null) {
            later(entry, entry.pause);
        }
    }

    private Duration untilNextLook() {
        if (looks.isEmpty()) {
            return IDLE;
        }
        // rounded up: a wait of less than a millisecond is none
        long nanos = looks.peek().time() - System.nanoTime();
        return Duration.ofMillis(Math.max(0, (nanos + 999_999) / 1_000_000));
    }

    private void later(Kept entry, Duration pause) {
        looks.add(new Look(System.nanoTime() + pause.toNanos(), entry));
    }

    private void look(Kept entry) {
        if (entry.released) {
            return;
        }
        try {
            if (entry.closing.isPresent()) {
                awaitNewFile(entry);
            } else {
                measure(entry);
            }
        } catch (IOException | RuntimeException e) {
            LOG.log(Level.WARNING, "log not kept within its limits file=" + entry.log.file(), e);
            entry.closing = Optional.empty();
            later(entry, AFTER_FAILURE);
        }
    }

    private void measure(Kept entry) throws IOException {
        Optional<BasicFileAttributes> current = entry.log.current();
        if (current.isEmpty()) {
            later(entry, AFTER_FAILURE);
            return;
        }
        Optional<Object> key = Optional.of(LogFiles.key(current.get()));
        if (!key.equals(entry.current)) {
            // the monitor has begun a file by itself
            entry.log.tidy();
            entry.current = key;
        }
        long left = entry.log.limits().maxBytes() - current.get().size();
        entry.pause = pause(left);
        if (left > 0) {
            if (!arm(entry)) {
                later(entry, WITHOUT_WATCH);
            }
        } else {
            close(entry);
        }
    }

    /** Has the monitor begin a new file, once the one that is full has its number: without, it would be lost. */
    private void close(Kept entry) throws IOException {
        Optional<Object> full = entry.log.survey().current().map(Segment::key);
        if (full.isEmpty() || !entry.log.hasSpare()) {
            later(entry, AFTER_FAILURE);
            return;
        }
        entry.closing = full;
        entry.looksForNewFile = 0;
        entry.reopen.run();
        later(entry, SHORTEST_PAUSE);
    }

    private static Duration pause(long bytesLeft) {
        Duration pause = Duration.ofMillis(Math.max(0, bytesLeft) / BYTES_PER_MILLISECOND);
        if (pause.compareTo(SHORTEST_PAUSE) < 0) {
            return SHORTEST_PAUSE;
        }
        return pause.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : pause;
    }

    /** The monitor begins the new file between two writes. */
    private void awaitNewFile(Kept entry) throws IOException {
        if (!entry.log.isCurrent(entry.closing.orElseThrow())) {
            entry.closing = Optional.empty();
            entry.log.tidy();
            entry.current = entry.log.current().map(LogFiles::key);
            if (entry.log.limits().compressed()) {
                executor.execute(() -> compress(entry.log));
            }
            measure(entry);
        } else if (++entry.looksForNewFile < LOOKS_FOR_NEW_FILE) {
            later(entry, entry.looksForNewFile < LOOKS_IN_HASTE ? SHORTEST_PAUSE : LEISURE);
        } else {
            entry.closing = Optional.empty();
            LOG.log(Level.WARNING, "monitor does not begin a new log file file={0}", entry.log.file());
            later(entry, AFTER_FAILURE);
        }
    }

    private void compress(ContainerLog log) {
        try {
            compressor.compress(log);
        } catch (IOException e) {
            LOG.log(Level.WARNING, "log not compressed file=" + log.file(), e);
        }
    }

    private void finish(ContainerLog log) {
        try {
            log.tidy();
            compressor.compress(log);
        } catch (IOException e) {
            LOG.log(Level.WARNING, "log not kept within its limits file=" + log.file(), e);
        }
    }

    /** A write that comes at once must find the watch in the map. */
    private boolean arm(Kept entry) {
        synchronized (byWatch) {
            OptionalInt watch = watches.arm(entry.log.file());
            if (watch.isEmpty()) {
                return false;
            }
            if (!entry.released) {
                byWatch.put(watch.getAsInt(), entry);
            }
            return true;
        }
    }

    @Override
    public void close() {
        closed = true;
    }
}
