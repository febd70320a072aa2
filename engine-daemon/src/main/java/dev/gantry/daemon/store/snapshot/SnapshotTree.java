package dev.gantry.daemon.store.snapshot;

import dev.gantry.daemon.linux.file.RootDirectory;

/** An open tree of files of a snapshot, for reading. Whoever opened it closes it. Safe for use by many threads. */
public final class SnapshotTree implements AutoCloseable {

    private final RootDirectory directory;
    private final Runnable release;

    SnapshotTree(RootDirectory directory, Runnable release) {
        this.directory = directory;
        this.release = release;
    }

    /** Its root, this object's. */
    public RootDirectory directory() {
        return directory;
    }

    @Override
    public void close() {
        directory.close();
        release.run();
    }
}
