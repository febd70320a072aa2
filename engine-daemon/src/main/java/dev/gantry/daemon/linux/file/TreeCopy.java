package dev.gantry.daemon.linux.file;

import com.sun.jna.LastErrorException;
import com.sun.jna.Memory;
import com.sun.jna.Pointer;
import dev.gantry.daemon.linux.Errno;
import dev.gantry.daemon.linux.Fd;
import dev.gantry.daemon.linux.LinuxException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Copies trees with owners, modes, attributes, times, holes and hard links, through descriptors on both sides. */
public final class TreeCopy {

    private static final int OPEN_DIRECTORY = OpenFlags.O_RDONLY | OpenFlags.O_DIRECTORY | OpenFlags.O_NOFOLLOW;
    private static final int SEEK_DATA = 3;
    private static final int SEEK_HOLE = 4;
    private static final int BUFFER_SIZE = 262_144;

    private final Fd targetRoot;
    private final Map<Long, byte[]> linked = new HashMap<>();
    private final Memory buffer;

    private TreeCopy(Fd targetRoot, Memory buffer) {
        this.targetRoot = targetRoot;
        this.buffer = buffer;
    }

    /**
     * Copies a directory of a root into an empty directory of the host, the directory's own attributes included. Does
     * nothing when the target holds anything or the source is no directory.
     *
     * @return whether it copied
     */
    public static boolean fillEmpty(Path root, ContainerPath source, Path target) {
        try (RootDirectory from = RootDirectory.open(root);
                Fd to = FileCalls.openDirectory(target)) {
            if (!DirectoryReader.read(to).isEmpty()) {
                return false;
            }
            Optional<Fd> directory = openSource(from, source);
            if (directory.isEmpty()) {
                return false;
            }
            try (Fd opened = directory.get();
                    Memory buffer = new Memory(BUFFER_SIZE)) {
                new TreeCopy(to, buffer).copyDirectory(opened, to, "");
            }
            return true;
        }
    }

    private static Optional<Fd> openSource(RootDirectory root, ContainerPath source) {
        try {
            return Optional.of(root.openDirectory(source));
        } catch (LinuxException e) {
            if (e.is(Errno.ENOENT) || e.is(Errno.ENOTDIR)) {
                return Optional.empty();
            }
            throw e;
        }
    }

    private void copyDirectory(Fd from, Fd to, String latin1Path) {
        for (DirectoryReader.Entry entry : DirectoryReader.read(from)) {
            Optional<FileStatus> status = FileCalls.status(from.number(), entry.name());
            if (status.isPresent()) {
                copyEntry(from, to, entry.name(), status.get(), latin1Path + latin1(entry.name()));
            }
        }
        FileStatus status = FileCalls.status(from);
        FileCalls.fchown(to, status.user(), status.group());
        FileCalls.fchmod(to, status.permissions());
        byte[] self = PathBytes.of(".");
        copyAttributes(from, self, to, self);
        FileCalls.futimens(to, status.accessed(), status.modified());
    }

    private static String latin1(byte[] name) {
        return new String(name, 0, name.length - 1, java.nio.charset.StandardCharsets.ISO_8859_1);
    }

    private void copyEntry(Fd from, Fd to, byte[] name, FileStatus status, String latin1Path) {
        if (status.isDirectory()) {
            FileCalls.mkdirat(to.number(), name, 0700);
            try (Fd below = FileCalls.openat(from.number(), name, OPEN_DIRECTORY, 0);
                    Fd copy = FileCalls.openat(to.number(), name, OPEN_DIRECTORY, 0)) {
                copyDirectory(below, copy, latin1Path + "/");
            }
            return;
        }
        if (status.links() > 1) {
            byte[] first = linked.putIfAbsent(status.inode(), relative(latin1Path));
            if (first != null) {
                FileCalls.linkat(targetRoot.number(), first, to.number(), name);
                return;
            }
        }
        if (status.isRegular()) {
            copyFile(from, to, name, status);
            return;
        }
        if (status.isSymbolicLink()) {
            FileCalls.symlinkat(FileCalls.readlinkat(from.number(), name), to.number(), name);
        } else {
            FileCalls.mknodat(to.number(), name, status.type() | 0600, status.deviceMajor(), status.deviceMinor());
        }
        FileCalls.fchownat(to.number(), name, status.user(), status.group());
        if (!status.isSymbolicLink()) {
            // The target directory is empty and the engine's own: the name was made in this moment and is no link.
            FileCalls.fchmodat(to.number(), name, status.permissions());
        }
        copyAttributes(from, name, to, name);
        FileCalls.utimensat(to.number(), name, status.accessed(), status.modified());
    }

    private static byte[] relative(String latin1Path) {
        byte[] bytes = latin1Path.getBytes(java.nio.charset.StandardCharsets.ISO_8859_1);
        return PathBytes.of(bytes, 0, bytes.length);
    }

    private void copyFile(Fd from, Fd to, byte[] name, FileStatus status) {
        int create = OpenFlags.O_WRONLY | OpenFlags.O_CREAT | OpenFlags.O_EXCL | OpenFlags.O_NOFOLLOW;
        // A fifo put in its place must not hold the engine up.
        int read = OpenFlags.O_RDONLY | OpenFlags.O_NOFOLLOW | OpenFlags.O_NONBLOCK;
        try (Fd source = FileCalls.openat(from.number(), name, read, 0);
                Fd copy = FileCalls.openat(to.number(), name, create, 0600)) {
            copyData(source, copy);
            FileCalls.ftruncate(copy, status.size());
            FileCalls.fchown(copy, status.user(), status.group());
            FileCalls.fchmod(copy, status.permissions());
            copyAttributes(from, name, to, name);
            FileCalls.futimens(copy, status.accessed(), status.modified());
        }
    }

    private void copyData(Fd source, Fd copy) {
        long position = 0;
        while (true) {
            Optional<Long> data = seek(source, position, SEEK_DATA);
            if (data.isEmpty()) {
                return;
            }
            long end = seek(source, data.get(), SEEK_HOLE).orElse(Long.MAX_VALUE);
            seek(source, data.get(), 0);
            position = data.get();
            while (position < end) {
                long count = FileCalls.read(source, Pointer.nativeValue(buffer), Math.min(BUFFER_SIZE, end - position));
                if (count == 0) {
                    return;
                }
                FileCalls.pwriteFully(copy, Pointer.nativeValue(buffer), count, position);
                position += count;
            }
        }
    }

    private static Optional<Long> seek(Fd file, long offset, int whence) {
        try {
            return Optional.of(CLibrary.lseek(file.number(), offset, whence));
        } catch (LastErrorException e) {
            if (e.getErrorCode() == Errno.ENXIO) {
                return Optional.empty();
            }
            throw FileCalls.failed("lseek", file, e);
        }
    }

    private static void copyAttributes(Fd from, byte[] name, Fd to, byte[] copy) {
        List<String> attributes = Xattrs.list(from, name);
        for (String attribute : attributes) {
            if (attribute.startsWith("trusted.") || attribute.startsWith("security.selinux")) {
                continue;
            }
            Optional<byte[]> value = Xattrs.get(from, name, attribute);
            if (value.isPresent()) {
                try {
                    Xattrs.set(to, copy, attribute, value.get());
                } catch (LinuxException e) {
                    if (!e.is(Errno.EOPNOTSUPP)) {
                        throw e;
                    }
                }
            }
        }
    }
}
