package dev.gantry.daemon.store.layer;

import dev.gantry.daemon.linux.Errno;
import dev.gantry.daemon.linux.Fd;
import dev.gantry.daemon.linux.LinuxException;
import dev.gantry.daemon.linux.file.ContainerPath;
import dev.gantry.daemon.linux.file.FileCalls;
import dev.gantry.daemon.linux.file.FileStatus;
import dev.gantry.daemon.linux.file.FileTree;
import dev.gantry.daemon.linux.file.OpenFlags;
import dev.gantry.daemon.linux.file.PathBytes;
import dev.gantry.daemon.linux.file.RootDirectory;
import dev.gantry.daemon.linux.file.Xattrs;
import dev.gantry.daemon.type.EngineException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Writes the entries of a layer below a directory, in the form an overlay file system wants. Every name is made relative
 * to an open directory that the kernel found inside the root, and the last name is never followed, so that no archive
 * writes, chmods or links outside. For one thread; the owner closes it.
 */
final class LayerWriter implements AutoCloseable {

    private static final String WHITEOUT_PREFIX = ".wh.";
    private static final String WHITEOUT_META_PREFIX = ".wh..wh.";
    private static final String OPAQUE_MARK = ".wh..wh..opq";
    private static final String OPAQUE_ATTRIBUTE = "trusted.overlay.opaque";
    private static final byte[] YES = {'y'};
    private static final int OPEN_FILE =
            OpenFlags.O_WRONLY | OpenFlags.O_CREAT | OpenFlags.O_EXCL | OpenFlags.O_NOFOLLOW;
    private static final int OPEN_DIRECTORY = OpenFlags.O_RDONLY | OpenFlags.O_DIRECTORY | OpenFlags.O_NOFOLLOW;

    private final RootDirectory root;
    private final DirectoryCache directories;
    private final Map<ContainerPath, TarEntry> directoryTimes = new LinkedHashMap<>();
    private long size;

    LayerWriter(RootDirectory root) {
        this.root = root;
        this.directories = new DirectoryCache(root);
    }

    /** Bytes of all files so far. */
    long size() {
        return size;
    }

    /** The directories that no entry described, outer ones first. */
    List<ContainerPath> implicitDirectories() {
        return directories.implicit();
    }

    /** Writes an entry, with its data from the stream. */
    void write(TarEntry entry, TarReader reader, ArchiveStream archive) throws IOException {
        ContainerPath path = entry.path();
        if (path.triedToEscape()) {
            throw EngineException.invalid("The layer names a path outside of itself: .." + path);
        }
        if (path.isRoot()) {
            if (entry.type() == TarEntry.Type.DIRECTORY) {
                finishDirectory(root.descriptor(), path, entry);
            }
            return;
        }
        if (path.latin1Name().startsWith(WHITEOUT_PREFIX)) {
            writeWhiteout(path);
            return;
        }
        switch (entry.type()) {
            case FILE -> writeFile(entry, reader, archive);
            case DIRECTORY -> writeDirectory(entry);
            case HARD_LINK -> writeHardLink(entry);
            case SYMBOLIC_LINK -> writeSymbolicLink(entry);
            case CHARACTER_DEVICE -> writeNode(entry, FileStatus.CHARACTER_DEVICE);
            case BLOCK_DEVICE -> writeNode(entry, FileStatus.BLOCK_DEVICE);
            case FIFO -> writeNode(entry, FileStatus.FIFO);
        }
    }

    private void writeWhiteout(ContainerPath path) {
        String name = path.latin1Name();
        if (name.equals(OPAQUE_MARK)) {
            Fd directory = directories.directory(path.parent());
            Xattrs.set(directory, OPAQUE_ATTRIBUTE, YES);
            return;
        }
        if (name.startsWith(WHITEOUT_META_PREFIX)) {
            // Book-keeping of aufs, which old images carry and no other driver wants.
            return;
        }
        String hidden = name.substring(WHITEOUT_PREFIX.length());
        if (hidden.isEmpty() || hidden.equals(".") || hidden.equals("..")) {
            throw EngineException.invalid("The layer deletes a name that cannot be: " + path);
        }
        ContainerPath target = path.sibling(hidden);
        Fd parent = directories.directory(path.parent());
        byte[] targetName = target.nameBytes();
        Optional<FileStatus> present = FileCalls.status(parent.number(), targetName);
        if (present.isEmpty()) {
            FileCalls.mknodat(parent.number(), targetName, FileStatus.CHARACTER_DEVICE, 0, 0);
        } else if (present.get().isDirectory()) {
            // The whiteout is for layers below; what this layer itself holds stays.
            markOpaque(parent, targetName);
            directories.described(target);
        }
    }

    private static void markOpaque(Fd parent, byte[] name) {
        try (Fd directory = FileCalls.openat(parent.number(), name, OPEN_DIRECTORY, 0)) {
            Xattrs.set(directory, OPAQUE_ATTRIBUTE, YES);
        }
    }

    private void writeFile(TarEntry entry, TarReader reader, ArchiveStream archive) throws IOException {
        byte[] name = entry.path().nameBytes();
        try (Fd file = createFile(entry.path(), name)) {
            if (entry.sparse()) {
                for (TarEntry.Segment segment : entry.data()) {
                    copy(archive, file, segment.size(), segment.offset());
                    reader.taken(segment.size());
                }
                FileCalls.ftruncate(file, entry.size());
            } else {
                copy(archive, file, entry.stored(), 0);
                reader.taken(entry.stored());
            }
            if (entry.user() != 0 || entry.group() != 0) {
                FileCalls.fchown(file, entry.user(), entry.group());
            }
            FileCalls.fchmod(file, entry.mode());
            setAttributes(file, entry);
            FileCalls.futimens(file, entry.accessed(), entry.modified());
            size += entry.size();
        }
    }

    private Fd createFile(ContainerPath path, byte[] name) {
        Fd parent = directories.directory(path.parent());
        try {
            return FileCalls.openat(parent.number(), name, OPEN_FILE, 0600);
        } catch (LinuxException e) {
            if (!e.is(Errno.EEXIST)) {
                throw e;
            }
            return FileCalls.openat(makeRoom(path, name).number(), name, OPEN_FILE, 0600);
        }
    }

    private static void copy(ArchiveStream archive, Fd file, long count, long offset) throws IOException {
        long done = 0;
        while (done < count) {
            archive.requireMore();
            int step = (int) Math.min(archive.available(), count - done);
            FileCalls.pwriteFully(file, archive.address(), step, offset + done);
            archive.consume(step);
            done += step;
        }
    }

    /** Removes what an earlier entry left under a name. Returns the directory that holds the name. */
    private Fd makeRoom(ContainerPath path, byte[] name) {
        Fd parent = directories.directory(path.parent());
        Optional<FileStatus> present = FileCalls.status(parent.number(), name);
        if (present.isEmpty()) {
            return parent;
        }
        FileTree.deleteAt(parent, name);
        if (present.get().isDirectory() || present.get().isSymbolicLink()) {
            directories.forget();
        }
        return directories.directory(path.parent());
    }

    private void writeDirectory(TarEntry entry) {
        ContainerPath path = entry.path();
        byte[] name = path.nameBytes();
        Fd parent = directories.directory(path.parent());
        Optional<FileStatus> present = Optional.empty();
        try {
            FileCalls.mkdirat(parent.number(), name, 0755);
        } catch (LinuxException e) {
            if (!e.is(Errno.EEXIST)) {
                throw e;
            }
            present = FileCalls.status(parent.number(), name);
            if (!present.map(FileStatus::isDirectory).orElse(false)) {
                parent = makeRoom(path, name);
                FileCalls.mkdirat(parent.number(), name, 0755);
            }
        }
        Fd directory = FileCalls.openat(parent.number(), name, OPEN_DIRECTORY, 0);
        directories.add(path, directory);
        if (present.map(FileStatus::isWhiteout).orElse(false)) {
            // Deleted and made anew in one layer: the old content must not shine through.
            Xattrs.set(directory, OPAQUE_ATTRIBUTE, YES);
        }
        finishDirectory(directory, path, entry);
    }

    private void finishDirectory(Fd directory, ContainerPath path, TarEntry entry) {
        FileCalls.fchown(directory, entry.user(), entry.group());
        FileCalls.fchmod(directory, entry.mode());
        setAttributes(directory, entry);
        directories.described(path);
        directoryTimes.put(path, entry);
    }

    private void writeHardLink(TarEntry entry) {
        ContainerPath target = ContainerPath.of(entry.link().getBytes(StandardCharsets.ISO_8859_1));
        if (target.triedToEscape() || target.isRoot()) {
            throw EngineException.invalid(
                    "The layer links " + entry.path() + " to a path outside of itself: .." + target);
        }
        if (target.equals(entry.path())) {
            return;
        }
        byte[] name = entry.path().nameBytes();
        try {
            link(target, entry.path(), name);
        } catch (LinuxException e) {
            if (e.is(Errno.EEXIST)) {
                makeRoom(entry.path(), name);
                link(target, entry.path(), name);
            } else {
                throw e;
            }
        }
    }

    private void link(ContainerPath target, ContainerPath path, byte[] name) {
        Fd parent = directories.directory(path.parent());
        try (Fd targetParent = root.openDirectory(target.parent())) {
            FileCalls.linkat(targetParent.number(), target.nameBytes(), parent.number(), name);
        } catch (LinuxException e) {
            if (e.is(Errno.ENOENT) || e.is(Errno.ENOTDIR) || e.is(Errno.EPERM)) {
                throw new EngineException(
                        EngineException.Kind.INVALID,
                        "The layer links " + path + " to " + target + ", which is no file of the same layer",
                        e);
            }
            throw e;
        }
    }

    private void writeSymbolicLink(TarEntry entry) {
        byte[] name = entry.path().nameBytes();
        byte[] targetBytes = entry.link().getBytes(StandardCharsets.ISO_8859_1);
        byte[] target = PathBytes.of(targetBytes, 0, targetBytes.length);
        Fd parent = directories.directory(entry.path().parent());
        try {
            FileCalls.symlinkat(target, parent.number(), name);
        } catch (LinuxException e) {
            if (!e.is(Errno.EEXIST)) {
                throw e;
            }
            parent = makeRoom(entry.path(), name);
            FileCalls.symlinkat(target, parent.number(), name);
        }
        if (entry.user() != 0 || entry.group() != 0) {
            FileCalls.fchownat(parent.number(), name, entry.user(), entry.group());
        }
        FileCalls.utimensat(parent.number(), name, entry.accessed(), entry.modified());
    }

    private void writeNode(TarEntry entry, int type) {
        byte[] name = entry.path().nameBytes();
        Fd parent = makeRoom(entry.path(), name);
        FileCalls.mknodat(parent.number(), name, type | 0600, entry.deviceMajor(), entry.deviceMinor());
        FileCalls.fchownat(parent.number(), name, entry.user(), entry.group());
        // Made in this moment in a directory nobody else can reach, so it is no link.
        FileCalls.fchmodat(parent.number(), name, entry.mode());
        entry.attributes().forEach((attribute, value) -> {
            if (LayerAttributes.isAllowed(attribute)) {
                LayerAttributes.tolerating(() -> Xattrs.set(parent, name, attribute, value));
            }
        });
        FileCalls.utimensat(parent.number(), name, entry.accessed(), entry.modified());
    }

    private static void setAttributes(Fd file, TarEntry entry) {
        entry.attributes().forEach((attribute, value) -> {
            if (LayerAttributes.isAllowed(attribute)) {
                LayerAttributes.tolerating(() -> Xattrs.set(file, attribute, value));
            }
        });
    }

    /** Sets the times of the directories, which writing into them had changed. */
    void finish() {
        directoryTimes.forEach((path, entry) -> {
            try (Fd directory = root.open(path, OPEN_DIRECTORY, 0)) {
                FileCalls.futimens(directory, entry.accessed(), entry.modified());
            } catch (LinuxException e) {
                // A later entry put something else in its place.
                if (!e.is(Errno.ENOENT) && !e.is(Errno.ENOTDIR) && !e.is(Errno.ELOOP)) {
                    throw e;
                }
            }
        });
    }

    @Override
    public void close() {
        directories.close();
    }
}
