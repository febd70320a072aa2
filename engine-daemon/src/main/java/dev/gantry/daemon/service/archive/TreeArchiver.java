package dev.gantry.daemon.service.archive;

import com.sun.jna.Native;
import com.sun.jna.Pointer;
import dev.gantry.daemon.linux.Errno;
import dev.gantry.daemon.linux.Fd;
import dev.gantry.daemon.linux.LinuxException;
import dev.gantry.daemon.linux.file.ContainerPath;
import dev.gantry.daemon.linux.file.DirectoryReader;
import dev.gantry.daemon.linux.file.FileCalls;
import dev.gantry.daemon.linux.file.FileStatus;
import dev.gantry.daemon.linux.file.OpenFlags;
import dev.gantry.daemon.linux.file.RootDirectory;
import dev.gantry.daemon.linux.file.Xattrs;
import dev.gantry.daemon.type.EngineException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Walks a tree that may change under its feet, through descriptors, and writes what it finds. A name that is something
 * else by the time it is opened is left out. For one thread.
 */
final class TreeArchiver {

    private static final int DEPTH_MAXIMUM = 1024;
    private static final int BUFFER = 256 * 1024;
    private static final int OPEN_DIRECTORY = OpenFlags.O_RDONLY | OpenFlags.O_DIRECTORY | OpenFlags.O_NOFOLLOW;
    private static final int OPEN_FILE = OpenFlags.O_RDONLY | OpenFlags.O_NOFOLLOW | OpenFlags.O_NONBLOCK;

    private static final String WHITEOUT = ".wh.";
    private static final String OPAQUE = ".wh..wh..opq";

    /** What overlay leaves where the content of a name lies elsewhere. */
    private static final Set<String> INCOMPLETE = Set.of("trusted.overlay.redirect", "trusted.overlay.metacopy");

    private record Inode(long device, long number) {}

    private final TarWriter tar;
    private final Map<Inode, String> linked = new HashMap<>();
    private final ByteBuffer window = ByteBuffer.allocateDirect(BUFFER);
    private final byte[] bytes = new byte[BUFFER];

    private final Optional<Set<String>> layer;

    TreeArchiver(TarWriter tar) {
        this.tar = tar;
        this.layer = Optional.empty();
    }

    /**
     * Archives an upper directory of an overlay as the layer of an image: deleted names become the marks of OCI.
     *
     * @param names to archive, with slashes between the levels; others are left out
     */
    TreeArchiver(TarWriter tar, Set<String> names) {
        this.tar = tar;
        this.layer = Optional.of(names);
    }

    /** Writes a path with all below it under a name, and the archive's end. */
    void archive(RootDirectory root, ContainerPath path, String name) throws IOException {
        if (path.isRoot()) {
            try (Fd directory = root.openDirectory(path)) {
                directory(directory, name, FileCalls.status(directory), Map.of(), 0);
            }
        } else {
            try (Fd parent = root.openDirectory(path.parent())) {
                entry(parent, path.nameBytes(), name, 0);
            }
        }
        tar.end();
    }

    /** Writes all that is in a root, names relative to it, and the archive's end. */
    void archiveContent(RootDirectory root) throws IOException {
        try (Fd directory = root.openDirectory(ContainerPath.of("/"))) {
            for (byte[] name : sorted(directory)) {
                entry(directory, name, latin1(name), 0);
            }
        }
        tar.end();
    }

    static List<byte[]> sorted(Fd directory) {
        return DirectoryReader.read(directory).stream()
                .map(DirectoryReader.Entry::name)
                .sorted(Arrays::compareUnsigned)
                .toList();
    }

    private void entry(Fd parent, byte[] file, String name, int depth) throws IOException {
        if (layer.filter(names -> !names.contains(name)).isPresent()) {
            return;
        }
        try {
            Optional<FileStatus> status = FileCalls.status(parent.number(), file);
            if (status.isPresent()) {
                entry(parent, file, name, status.get(), depth);
            }
        } catch (LinuxException e) {
            // Gone, or something else, since it was listed.
            if (!e.is(Errno.ENOENT) && !e.is(Errno.ENOTDIR) && !e.is(Errno.ELOOP) && !e.is(Errno.ENXIO)) {
                throw e;
            }
        }
    }

    private void entry(Fd parent, byte[] file, String name, FileStatus status, int depth) throws IOException {
        if (layer.isPresent() && status.isWhiteout()) {
            int slash = name.lastIndexOf('/') + 1;
            mark(name.substring(0, slash) + WHITEOUT + name.substring(slash), status);
            return;
        }
        Inode inode = new Inode(status.device(), status.inode());
        if (!status.isDirectory() && status.links() > 1) {
            String first = linked.putIfAbsent(inode, name);
            if (first != null) {
                tar.header(name, '1', status, first, Map.of());
                return;
            }
        }
        switch (status.type()) {
            case FileStatus.DIRECTORY -> {
                try (Fd directory = FileCalls.openat(parent.number(), file, OPEN_DIRECTORY, 0)) {
                    directory(directory, name, FileCalls.status(directory), attributes(parent, file), depth);
                }
            }
            case FileStatus.REGULAR -> regular(parent, file, name);
            case FileStatus.SYMBOLIC_LINK -> {
                byte[] target = FileCalls.readlinkat(parent.number(), file);
                tar.header(name, '2', status, latin1(target), Map.of());
            }
            case FileStatus.CHARACTER_DEVICE -> tar.header(name, '3', status, "", Map.of());
            case FileStatus.BLOCK_DEVICE -> tar.header(name, '4', status, "", Map.of());
            case FileStatus.FIFO -> tar.header(name, '6', status, "", Map.of());
            default -> linked.remove(inode); // Archives hold no sockets.
        }
    }

    private void directory(Fd directory, String name, FileStatus status, Map<String, byte[]> attributes, int depth)
            throws IOException {
        if (depth > DEPTH_MAXIMUM) {
            throw EngineException.invalid("The directory at " + name + " is too deep to be copied");
        }
        tar.header(name + "/", '5', status, "", attributes);
        if (layer.isPresent() && TreeComparison.isOpaque(directory)) {
            mark(name + "/" + OPAQUE, status);
        }
        for (byte[] file : sorted(directory)) {
            entry(directory, file, name + "/" + latin1(file), depth + 1);
        }
    }

    /** An empty file whose name says what is gone. */
    private void mark(String name, FileStatus like) throws IOException {
        FileStatus empty = new FileStatus(
                FileStatus.REGULAR, 1, 0, 0, 0, 0, 0, 0, 0, 0, like.accessed(), like.modified(), like.changed());
        tar.header(name, '0', empty, "", Map.of());
    }

    private void regular(Fd parent, byte[] name, String entryName) throws IOException {
        try (Fd file = FileCalls.openat(parent.number(), name, OPEN_FILE, 0)) {
            FileStatus status = FileCalls.status(file);
            if (!status.isRegular()) {
                return;
            }
            tar.header(entryName, '0', status, "", attributes(parent, name));
            copy(file, status.size());
            tar.pad(status.size());
        }
    }

    /** Writes exactly so many bytes, whatever the file does meanwhile: zeros take the place of what it lost. */
    private void copy(Fd file, long size) throws IOException {
        long address = Pointer.nativeValue(Native.getDirectBufferPointer(window));
        long left = size;
        boolean ended = false;
        while (left > 0) {
            int wanted = (int) Math.min(BUFFER, left);
            int count = ended ? 0 : (int) FileCalls.read(file, address, wanted);
            if (count <= 0) {
                ended = true;
                Arrays.fill(bytes, 0, wanted, (byte) 0);
                count = wanted;
            } else {
                window.get(0, bytes, 0, count);
            }
            tar.data(bytes, count);
            left -= count;
        }
    }

    private Map<String, byte[]> attributes(Fd parent, byte[] name) {
        Map<String, byte[]> attributes = new HashMap<>();
        for (String attribute : Xattrs.list(parent, name)) {
            if (layer.isPresent() && INCOMPLETE.contains(attribute)) {
                throw EngineException.internal(
                        "the overlay of this host keeps only a part of what has changed in its upper directory: turn off"
                                + " redirect_dir and metacopy of the module overlay",
                        new IOException(latin1(name) + ": " + attribute));
            }
            if (attribute.equals("security.capability") || attribute.startsWith("user.")) {
                Xattrs.get(parent, name, attribute).ifPresent(value -> attributes.put(attribute, value));
            }
        }
        return attributes;
    }

    static String latin1(byte[] terminated) {
        return new String(terminated, 0, terminated.length - 1, StandardCharsets.ISO_8859_1);
    }
}
