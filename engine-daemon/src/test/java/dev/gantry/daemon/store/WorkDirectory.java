package dev.gantry.daemon.store;

import dev.gantry.daemon.linux.file.FileTree;
import dev.gantry.daemon.linux.mount.MountTable;
import dev.gantry.daemon.linux.mount.Mounts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A directory for one test, with everything mounted below it gone at the end, whatever bytes its names have. */
public final class WorkDirectory implements AutoCloseable {

    private final Path path;

    private WorkDirectory(Path path) {
        this.path = path;
    }

    public static WorkDirectory create() {
        try {
            return new WorkDirectory(Files.createTempDirectory("gantry-store").toRealPath());
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    public Path path() {
        return path;
    }

    public Path path(String name) {
        return path.resolve(name);
    }

    @Override
    public void close() {
        MountTable.read().below(path).forEach(entry -> Mounts.detach(Path.of(entry.target())));
        FileTree.delete(path);
    }
}
