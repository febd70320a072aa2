package dev.gantry.daemon.linux.file;

import dev.gantry.daemon.linux.Errno;
import dev.gantry.daemon.linux.Fd;
import dev.gantry.daemon.linux.LinuxException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Joins the paths of an image or a container to a directory of the host: the one place where the two meet. The kernel
 * resolves every path with this directory as the root, so that neither {@code ..} nor a symbolic link, be it absolute or
 * exchanged in the middle of the work, nor a magic link of {@code /proc} leads out of it. Thread-safe; closing it leaves
 * what was opened from it open.
 */
public final class RootDirectory implements AutoCloseable {

    private static final int RESOLVE = OpenFlags.RESOLVE_IN_ROOT | OpenFlags.RESOLVE_NO_MAGICLINKS;

    private final Fd directory;

    private RootDirectory(Fd directory) {
        this.directory = directory;
    }

    /** Opens a directory of the host as a root. */
    public static RootDirectory open(Path path) {
        return new RootDirectory(FileCalls.openDirectory(path));
    }

    /** Takes ownership of an open directory. */
    public static RootDirectory own(Fd directory) {
        return new RootDirectory(directory);
    }

    /** The descriptor of the root, owned by this object. */
    public Fd descriptor() {
        return directory;
    }

    /** Opens a path, following symbolic links inside the root. The caller closes the result. */
    public Fd open(ContainerPath path, int flags, int mode) {
        return FileCalls.openat2(directory.number(), path.relativeBytes(), flags, mode, RESOLVE);
    }

    /** Opens a path of which no name, the last included, may be a symbolic link. The caller closes the result. */
    public Fd openWithoutLinks(ContainerPath path, int flags, int mode) {
        return FileCalls.openat2(
                directory.number(), path.relativeBytes(), flags, mode, RESOLVE | OpenFlags.RESOLVE_NO_SYMLINKS);
    }

    /** Opens a directory, following symbolic links inside the root. The caller closes the result. */
    public Fd openDirectory(ContainerPath path) {
        return open(path, OpenFlags.O_RDONLY | OpenFlags.O_DIRECTORY, 0);
    }

    /**
     * The status of what a path names; a symbolic link as its last name is itself looked at. Empty when there is no such
     * file.
     */
    public Optional<FileStatus> status(ContainerPath path) {
        if (path.isRoot()) {
            return Optional.of(FileCalls.status(directory));
        }
        try (Fd parent = openDirectory(path.parent())) {
            return FileCalls.status(parent.number(), path.nameBytes());
        } catch (LinuxException e) {
            if (e.is(Errno.ENOENT) || e.is(Errno.ENOTDIR)) {
                return Optional.empty();
            }
            throw e;
        }
    }

    /**
     * Opens a directory and makes those of its names that do not exist, with mode 0755. Symbolic links inside the root
     * are followed; one that points to nothing is an error. The caller closes the result.
     */
    public Fd makeDirectories(ContainerPath path) {
        for (int depth = path.depth(); depth >= 0; depth--) {
            try {
                Fd found = openDirectory(path.prefix(depth));
                return depth == path.depth() ? found : makeBelow(found, path, depth);
            } catch (LinuxException e) {
                if (!e.is(Errno.ENOENT) || depth == 0) {
                    throw e;
                }
            }
        }
        throw new IllegalStateException("A root directory always opens");
    }

    private static Fd makeBelow(Fd found, ContainerPath path, int depth) {
        Fd current = found;
        for (int next = depth + 1; next <= path.depth(); next++) {
            byte[] name = path.prefix(next).nameBytes();
            try (Fd parent = current) {
                FileCalls.mkdirat(parent.number(), name, 0755);
                current = FileCalls.openat(
                        parent.number(), name, OpenFlags.O_RDONLY | OpenFlags.O_DIRECTORY | OpenFlags.O_NOFOLLOW, 0);
                FileCalls.fchmod(current, 0755);
            }
        }
        return current;
    }

    @Override
    public void close() {
        directory.close();
    }
}
