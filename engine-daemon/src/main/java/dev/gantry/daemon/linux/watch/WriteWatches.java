package dev.gantry.daemon.linux.watch;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.IntConsumer;

/**
 * Waits until one of many files is written to. A file is told of once and must then be armed again, so that a writer at
 * full speed costs no more than its watcher chooses to look. Files may be armed by any thread; one thread waits.
 */
public final class WriteWatches implements AutoCloseable {

    private final Optional<Inotify> inotify;

    private WriteWatches(Optional<Inotify> inotify) {
        this.inotify = inotify;
    }

    /** Opens an empty set. Where the user's share is used up, no file can be armed and every wait takes its whole time. */
    public static WriteWatches open() {
        return new WriteWatches(Inotify.open());
    }

    /**
     * Watches a file for its next write, and for the loss of a name: whoever writes may put another in its place first.
     * Empty where it is gone, or the user's share of watches is used up.
     */
    public OptionalInt arm(Path file) {
        return inotify.map(queue -> queue.add(file, Inotify.MODIFY | Inotify.ATTRIB | Inotify.ONE_SHOT))
                .orElse(OptionalInt.empty());
    }

    /** Waits for writes, at most so long, and passes on the number of each armed file that has changed. */
    public void await(Duration atMost, IntConsumer written) {
        if (inotify.isEmpty()) {
            Inotify.pause(atMost);
            return;
        }
        inotify.get().await(atMost, (watch, mask) -> {
            // A one-shot watch that is armed again before the kernel has removed it keeps its number and goes with it:
            // that it is gone is all that tells then.
            if ((mask & (Inotify.MODIFY | Inotify.ATTRIB | Inotify.IGNORED)) != 0) {
                written.accept(watch);
            }
        });
    }

    @Override
    public void close() {
        inotify.ifPresent(Inotify::close);
    }
}
