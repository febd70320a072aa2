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
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Writes an archive into a file tree whose processes may be running and hostile. Unlike a layer's writer it takes names
 * as they are, no whiteouts, and trusts nothing it made a moment ago: each parent directory is found anew by the kernel
 * inside the root, and everything else goes through descriptors or calls that never follow the last name. For one thread.
 */
public final class ArchiveExtraction {

    private static final int OPEN_FILE =
            OpenFlags.O_WRONLY | OpenFlags.O_CREAT | OpenFlags.O_EXCL | OpenFlags.O_NOFOLLOW;
    private static final int OPEN_DIRECTORY = OpenFlags.O_RDONLY | OpenFlags.O_DIRECTORY | OpenFlags.O_NOFOLLOW;

    /** What happens where a directory and something else meet under one name. */
    public enum Conflict {
        REPLACE,
        REFUSE
    }

    /**
     * Whose the files become in place of the archive's owners.
     *
     * @param user numeric
     * @param group numeric
     */
    public record Owner(int user, int group) {}

    private final RootDirectory root;
    private final ContainerPath destination;
    private final Conflict conflict;
    private final Optional<Owner> owner;
    private final Map<ContainerPath, TarEntry> directoryTimes = new LinkedHashMap<>();

    /**
     * @param root the tree
     * @param destination an existing directory in it
     * @param owner absent: the archive's
     */
    public ArchiveExtraction(RootDirectory root, ContainerPath destination, Conflict conflict, Optional<Owner> owner) {
        this.root = root;
        this.destination = destination;
        this.conflict = conflict;
        this.owner = owner;
    }

    /**
     * Reads an archive, plain or compressed with gzip, zstd, bzip2 or xz, to its end.
     *
     * @throws EngineException INVALID when the archive is damaged or names paths outside of the destination
     * @throws LinuxException when the kernel refuses, for example for want of space
     */
    public void extract(InputStream source) throws IOException {
        try (ArchiveStream archive = ArchiveStream.unhashed(source, UnpackLimits.DEFAULT)) {
            TarReader reader = new TarReader(archive);
            Optional<TarEntry> entry = reader.next();
            while (entry.isPresent()) {
                write(entry.get(), reader, archive);
                entry = reader.next();
            }
            directoryTimes.forEach(this::setTimes);
            archive.drain();
        }
    }

    private void write(TarEntry entry, TarReader reader, ArchiveStream archive) throws IOException {
        if (entry.path().triedToEscape()) {
            throw EngineException.invalid("The archive names a path outside of itself: .." + entry.path());
        }
        if (entry.path().isRoot()) {
            return;
        }
        ContainerPath path = join(entry.path());
        byte[] name = path.nameBytes();
        try (Fd parent = root.makeDirectories(path.parent())) {
            boolean keeps = makeRoom(parent, name, path, entry.type() == TarEntry.Type.DIRECTORY);
            switch (entry.type()) {
                case FILE -> writeFile(parent, name, entry, reader, archive);
                case DIRECTORY -> writeDirectory(parent, name, path, entry, keeps);
                case HARD_LINK -> writeHardLink(parent, name, entry);
                case SYMBOLIC_LINK -> writeSymbolicLink(parent, name, entry);
                case CHARACTER_DEVICE -> writeNode(parent, name, entry, FileStatus.CHARACTER_DEVICE);
                case BLOCK_DEVICE -> writeNode(parent, name, entry, FileStatus.BLOCK_DEVICE);
                case FIFO -> writeNode(parent, name, entry, FileStatus.FIFO);
            }
        }
    }

    private ContainerPath join(ContainerPath below) {
        return ContainerPath.of((latin1(destination) + "/" + latin1(below)).getBytes(StandardCharsets.ISO_8859_1));
    }

    private static String latin1(ContainerPath path) {
        byte[] terminated = path.relativeBytes();
        return new String(terminated, 0, terminated.length - 1, StandardCharsets.ISO_8859_1);
    }

    /** Takes away what is in the way. True where a directory is there that the entry describes. */
    private boolean makeRoom(Fd parent, byte[] name, ContainerPath path, boolean directory) {
        Optional<FileStatus> present = FileCalls.status(parent.number(), name);
        if (present.isEmpty()) {
            return false;
        }
        boolean there = present.get().isDirectory();
        if (there != directory && conflict == Conflict.REFUSE) {
            // compat: docker's texts
            throw EngineException.invalid(
                    there
                            ? "cannot overwrite directory \"" + path + "\" with non-directory \"" + destination + "\""
                            : "cannot overwrite non-directory \"" + path + "\" with directory \"" + destination + "\"");
        }
        if (there && directory) {
            return true;
        }
        FileTree.deleteAt(parent, name);
        return false;
    }

    private void writeFile(Fd parent, byte[] name, TarEntry entry, TarReader reader, ArchiveStream archive)
            throws IOException {
        try (Fd file = FileCalls.openat(parent.number(), name, OPEN_FILE, 0600)) {
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
            describe(file, entry);
            FileCalls.futimens(file, entry.accessed(), entry.modified());
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

    private void writeDirectory(Fd parent, byte[] name, ContainerPath path, TarEntry entry, boolean keeps) {
        if (!keeps) {
            FileCalls.mkdirat(parent.number(), name, 0700);
        }
        try (Fd directory = FileCalls.openat(parent.number(), name, OPEN_DIRECTORY, 0)) {
            describe(directory, entry);
        }
        directoryTimes.put(path, entry);
    }

    private void writeHardLink(Fd parent, byte[] name, TarEntry entry) {
        ContainerPath target = ContainerPath.of(entry.link().getBytes(StandardCharsets.ISO_8859_1));
        if (target.triedToEscape() || target.isRoot()) {
            throw EngineException.invalid("invalid hardlink \"" + entry.path() + "\" -> \"" + entry.link() + "\"");
        }
        ContainerPath existing = join(target);
        try (Fd targetParent = root.openDirectory(existing.parent())) {
            FileCalls.linkat(targetParent.number(), existing.nameBytes(), parent.number(), name);
        }
    }

    private void writeSymbolicLink(Fd parent, byte[] name, TarEntry entry) {
        byte[] target = entry.link().getBytes(StandardCharsets.ISO_8859_1);
        FileCalls.symlinkat(PathBytes.of(target, 0, target.length), parent.number(), name);
        FileCalls.fchownat(parent.number(), name, user(entry), group(entry));
        FileCalls.utimensat(parent.number(), name, entry.accessed(), entry.modified());
    }

    private void writeNode(Fd parent, byte[] name, TarEntry entry, int type) {
        FileCalls.mknodat(parent.number(), name, type | 0600, entry.deviceMajor(), entry.deviceMinor());
        FileCalls.fchownat(parent.number(), name, user(entry), group(entry));
        int flags = OpenFlags.O_PATH | OpenFlags.O_NOFOLLOW;
        try (Fd node = FileCalls.openat(parent.number(), name, flags, 0)) {
            // The name may lead elsewhere by now; the descriptor does not, and a link is left alone.
            if (FileCalls.status(node).type() == type) {
                FileCalls.fchmodat(FileCalls.AT_FDCWD, PathBytes.of(node.procPath()), entry.mode());
            }
        }
        FileCalls.utimensat(parent.number(), name, entry.accessed(), entry.modified());
    }

    /** Owner first: a change of owner takes setuid bits and capabilities away. */
    private void describe(Fd file, TarEntry entry) {
        FileCalls.fchown(file, user(entry), group(entry));
        FileCalls.fchmod(file, entry.mode());
        entry.attributes().forEach((attribute, value) -> {
            if (LayerAttributes.isAllowed(attribute)) {
                LayerAttributes.tolerating(() -> Xattrs.set(file, attribute, value));
            }
        });
    }

    private int user(TarEntry entry) {
        return owner.map(Owner::user).orElse(entry.user());
    }

    private int group(TarEntry entry) {
        return owner.map(Owner::group).orElse(entry.group());
    }

    /** Writing into a directory changed its times. */
    private void setTimes(ContainerPath path, TarEntry entry) {
        try (Fd parent = root.openDirectory(path.parent())) {
            FileCalls.utimensat(parent.number(), path.nameBytes(), entry.accessed(), entry.modified());
        } catch (LinuxException e) {
            // The container took it away in the meantime.
            if (!e.is(Errno.ENOENT) && !e.is(Errno.ENOTDIR) && !e.is(Errno.ELOOP)) {
                throw e;
            }
        }
    }
}
