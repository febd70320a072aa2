package dev.gantry.daemon.store.snapshot;

import java.nio.file.Path;

/**
 * A root file system that stays mounted, and whose files stay even where it is removed meanwhile, until the lease is
 * closed. Closing it twice is no error.
 */
public final class SnapshotLease implements AutoCloseable {

    private final Path path;
    private final Runnable end;
    private boolean open = true;

    SnapshotLease(Path path, Runnable end) {
        this.path = path;
        this.end = end;
    }

    /** Where the root file system is mounted when the lease begins; a removal takes it away from there. */
    public Path path() {
        return path;
    }

    @Override
    public synchronized void close() {
        if (open) {
            open = false;
            end.run();
        }
    }
}
