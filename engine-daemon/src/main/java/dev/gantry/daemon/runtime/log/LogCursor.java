package dev.gantry.daemon.runtime.log;

import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;

/**
 * How far a reader is, file by file. What is removed before the reader came to it is kept open for it, up to a limit,
 * so that a reader that lags a little misses nothing and one that hangs holds no disk. Guarded by its log.
 */
final class LogCursor implements AutoCloseable {

    private static final long KEPT_BYTES = 128L << 20;
    private static final int KEPT_FILES = 128;

    private final ContainerLog log;
    private final Deque<OpenSegment> kept = new ArrayDeque<>();
    private long keptBytes;
    private long number = -1;

    LogCursor(ContainerLog log) {
        this.log = log;
    }

    /** The number of the file that is read; the next one has a greater number. */
    long number() {
        return number;
    }

    void moveTo(long reached) {
        number = reached;
    }

    /** Opens a file that is about to be removed, unless the reader is past it. */
    void keep(Segment going) throws IOException {
        if (going.number() <= number) {
            return;
        }
        try {
            kept.addLast(OpenSegment.open(going));
        } catch (NoSuchFileException removedByHand) {
            return;
        }
        keptBytes += going.size();
        while (keptBytes > KEPT_BYTES || kept.size() > KEPT_FILES) {
            discardFirst();
        }
    }

    private void discardFirst() throws IOException {
        OpenSegment first = kept.removeFirst();
        keptBytes -= first.size();
        first.close();
    }

    /** Takes the oldest kept file that is still before the reader; the caller closes it. */
    Optional<OpenSegment> takeKept() throws IOException {
        while (!kept.isEmpty()) {
            if (kept.getFirst().number() > number) {
                OpenSegment first = kept.removeFirst();
                keptBytes -= first.size();
                return Optional.of(first);
            }
            discardFirst();
        }
        return Optional.empty();
    }

    @Override
    public void close() throws IOException {
        log.close(this);
    }

    void release() throws IOException {
        while (!kept.isEmpty()) {
            discardFirst();
        }
    }
}
