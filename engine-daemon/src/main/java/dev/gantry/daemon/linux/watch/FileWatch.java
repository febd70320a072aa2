package dev.gantry.daemon.linux.watch;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * Waits until a file is written to, closed by a writer, or replaced. Where the user's share of watches is used up, every
 * wait simply takes as long as {@link #WITHOUT_WATCH}, so that the caller looks for itself. For one thread; its waits
 * occupy a platform thread.
 */
public final class FileWatch implements AutoCloseable {

    /** How long a wait takes at most where the kernel gives no watch. */
    public static final Duration WITHOUT_WATCH = Duration.ofMillis(20);

    private static final int MASK =
            Inotify.MODIFY | Inotify.ATTRIB | Inotify.CLOSE_WRITE | Inotify.DELETE_SELF | Inotify.MOVE_SELF;

    /** What ended a wait. */
    public enum Outcome {
        CHANGED,
        CLOSED,
        NOTHING
    }

    private final Optional<Inotify> inotify;

    private FileWatch(Optional<Inotify> inotify) {
        this.inotify = inotify;
    }

    /** Starts to watch a file; what happens from now on is not missed. */
    public static FileWatch on(Path file) {
        Optional<Inotify> inotify = Inotify.open();
        if (inotify.isEmpty()) {
            return new FileWatch(inotify);
        }
        try {
            if (inotify.get().add(file, MASK).isPresent()) {
                return new FileWatch(inotify);
            }
        } catch (RuntimeException e) {
            inotify.get().close();
            throw e;
        }
        inotify.get().close();
        return new FileWatch(Optional.empty());
    }

    /** Waits for the next change, at most so long. */
    public Outcome await(Duration atMost) {
        if (inotify.isEmpty()) {
            Inotify.pause(atMost.compareTo(WITHOUT_WATCH) < 0 ? atMost : WITHOUT_WATCH);
            return Outcome.CHANGED;
        }
        boolean[] closed = new boolean[1];
        boolean changed = inotify.get().await(atMost, (watch, mask) -> closed[0] |= (mask & Inotify.CLOSE_WRITE) != 0);
        if (!changed) {
            return Outcome.NOTHING;
        }
        return closed[0] ? Outcome.CLOSED : Outcome.CHANGED;
    }

    @Override
    public void close() {
        inotify.ifPresent(Inotify::close);
    }
}
