package dev.gantry.daemon.linux.file;

import dev.gantry.daemon.linux.Errno;
import dev.gantry.daemon.linux.Fd;
import dev.gantry.daemon.linux.LinuxException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/** Works on whole trees of the host through descriptors: never follows a link, never crosses a mount. */
public final class FileTree {

    private static final int DEPTH_MAXIMUM = 4096;
    private static final int OPEN_FLAGS = OpenFlags.O_RDONLY | OpenFlags.O_DIRECTORY | OpenFlags.O_NOFOLLOW;
    private static final int RESOLVE = OpenFlags.RESOLVE_NO_SYMLINKS | OpenFlags.RESOLVE_NO_XDEV;
    private static final int BLOCK = 512;

    private FileTree() {}

    /**
     * Deletes a file or a directory with all it holds; one that does not exist is no error.
     *
     * @throws LinuxException with EXDEV or EBUSY when something is mounted in it; what was reached before is gone then
     */
    public static void delete(Path path) {
        Path parent = path.toAbsolutePath().getParent();
        if (parent == null) {
            throw new IllegalArgumentException("The root of the host is not for deletion");
        }
        Fd directory;
        try {
            directory = FileCalls.openDirectory(parent);
        } catch (LinuxException e) {
            if (e.is(Errno.ENOENT)) {
                return;
            }
            throw e;
        }
        try (directory) {
            deleteAt(directory, PathBytes.of(path.getFileName()));
        }
    }

    /** Deletes a name of an open directory with all it holds; one that does not exist is no error. */
    public static void deleteAt(Fd directory, byte[] name) {
        Optional<FileStatus> status = FileCalls.status(directory.number(), name);
        if (status.isPresent()) {
            delete(directory, name, status.get().isDirectory(), 0);
        }
    }

    private static void delete(Fd parent, byte[] name, boolean directory, int depth) {
        try {
            if (!directory) {
                FileCalls.unlinkat(parent.number(), name);
                return;
            }
            deleteContent(parent, name, depth);
            FileCalls.rmdirat(parent.number(), name);
        } catch (LinuxException e) {
            if (!e.is(Errno.ENOENT)) {
                throw e;
            }
        }
    }

    private static void deleteContent(Fd parent, byte[] name, int depth) {
        if (depth > DEPTH_MAXIMUM) {
            throw new LinuxException("openat2", PathBytes.text(name), Errno.ELOOP);
        }
        try (Fd opened = FileCalls.openat2(parent.number(), name, OPEN_FLAGS, 0, RESOLVE)) {
            for (DirectoryReader.Entry entry : DirectoryReader.read(opened)) {
                boolean directory = entry.known()
                        ? entry.directory()
                        : FileCalls.status(opened.number(), entry.name())
                                .map(FileStatus::isDirectory)
                                .orElse(false);
                delete(opened, entry.name(), directory, depth + 1);
            }
        }
    }

    /** Bytes that a tree occupies on the disk; files with several names count once. 0 when it does not exist. */
    public static long size(Path path) {
        Fd root;
        try {
            root = FileCalls.openDirectory(path);
        } catch (LinuxException e) {
            if (e.is(Errno.ENOENT)) {
                return 0;
            }
            throw e;
        }
        try (root) {
            return size(root, new HashSet<>());
        }
    }

    private static long size(Fd directory, Set<Long> counted) {
        long sum = 0;
        for (DirectoryReader.Entry entry : DirectoryReader.read(directory)) {
            Optional<FileStatus> found = FileCalls.status(directory.number(), entry.name());
            if (found.isEmpty()) {
                continue;
            }
            FileStatus status = found.get();
            if (status.isDirectory()) {
                sum += sizeBelow(directory, entry.name(), counted);
            } else if (status.links() == 1 || counted.add(status.inode())) {
                sum += status.isRegular() ? Math.min(status.size(), status.blocks() * BLOCK) : 0;
            }
        }
        return sum;
    }

    private static long sizeBelow(Fd parent, byte[] name, Set<Long> counted) {
        try (Fd below = FileCalls.openat2(parent.number(), name, OPEN_FLAGS, 0, RESOLVE)) {
            return size(below, counted);
        } catch (LinuxException e) {
            if (e.is(Errno.EXDEV) || e.is(Errno.ENOENT) || e.is(Errno.ELOOP)) {
                return 0;
            }
            throw e;
        }
    }
}
