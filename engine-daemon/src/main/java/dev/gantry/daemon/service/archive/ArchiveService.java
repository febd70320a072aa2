package dev.gantry.daemon.service.archive;

import dev.gantry.daemon.linux.Errno;
import dev.gantry.daemon.linux.Fd;
import dev.gantry.daemon.linux.LinuxException;
import dev.gantry.daemon.linux.file.ContainerPath;
import dev.gantry.daemon.linux.file.FileCalls;
import dev.gantry.daemon.linux.file.FileStatus;
import dev.gantry.daemon.linux.file.OpenFlags;
import dev.gantry.daemon.linux.file.PathBytes;
import dev.gantry.daemon.linux.file.RootDirectory;
import dev.gantry.daemon.store.layer.ArchiveExtraction;
import dev.gantry.daemon.store.layer.ArchiveExtraction.Conflict;
import dev.gantry.daemon.store.layer.ArchiveExtraction.Owner;
import dev.gantry.daemon.type.EngineException;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Optional;
import java.util.zip.ZipException;

/**
 * Copies files in and out of containers. Every path is resolved by the kernel inside the container's root; nothing of the
 * container is ever run. Stateless; safe for use by many threads, and blocking.
 */
public final class ArchiveService {

    private static final int LINKS_MAXIMUM = 255;

    /**
     * Something in a container, found, to be copied out.
     *
     * @param status what it is
     * @param path where it is
     * @param entryName what the archive calls it
     */
    public record Found(PathStatus status, ContainerPath path, String entryName) {}

    /**
     * Finds a path, whose last name is not followed where it is a symbolic link, unless a slash stands behind it.
     *
     * @param reference what the user calls the container
     * @throws EngineException NOT_FOUND where there is no such path
     */
    public Found find(ContainerRoot root, String path, String reference) {
        boolean contents = path.endsWith("/.") || path.equals(".");
        boolean follows = contents || path.endsWith("/");
        ContainerPath wanted = parse(path);
        try {
            FileStatus status =
                    status(root.directory(), wanted).orElseThrow(() -> missing(path, reference, Optional.empty()));
            String target = "";
            ContainerPath actual = wanted;
            if (status.isSymbolicLink()) {
                ContainerPath end = follow(root.directory(), wanted);
                if (follows) {
                    actual = end;
                    status =
                            status(root.directory(), end).orElseThrow(() -> missing(path, reference, Optional.empty()));
                } else {
                    target = end.toString();
                }
            }
            if (follows && !status.isDirectory()) {
                throw missing(path, reference, Optional.empty());
            }
            String name = wanted.isRoot() ? "/" : name(wanted);
            String entry = contents || wanted.isRoot() ? "." : wanted.latin1Name();
            return new Found(PathStatus.of(contents ? "." : name, status, target), actual, entry);
        } catch (LinuxException e) {
            throw refused(e, path, reference);
        }
    }

    /** Writes what was found as an uncompressed archive. What vanishes meanwhile is left out. The stream stays open. */
    public void copyOut(ContainerRoot root, Found found, OutputStream target) throws IOException {
        TreeArchiver archiver = new TreeArchiver(new TarWriter(target));
        archiver.archive(root.directory(), found.path(), found.entryName());
        target.flush();
    }

    /**
     * Unpacks an archive, plain or compressed with gzip, bzip2, xz or zstd, into an existing directory.
     *
     * @param owner whose the files become; absent: the archive's owners
     * @throws EngineException NOT_FOUND where there is no such directory; INVALID where it is none, cannot be written to,
     *     or the archive is damaged
     */
    public void copyIn(
            ContainerRoot root,
            String path,
            String reference,
            InputStream archive,
            Conflict conflict,
            Optional<Owner> owner) {
        ContainerPath destination = parse(path);
        try (Fd directory = root.directory().open(destination, OpenFlags.O_PATH, 0)) {
            if (!FileCalls.status(directory).isDirectory()) {
                // compat: docker's text
                throw EngineException.invalid("extraction point is not a directory");
            }
            extract(root, directory, new ArchiveExtraction(root.directory(), destination, conflict, owner), archive);
        } catch (LinuxException e) {
            throw refused(e, path, reference);
        } catch (ZipException | EOFException | IllegalArgumentException e) {
            throw new EngineException(EngineException.Kind.INVALID, "The archive is damaged: " + e.getMessage(), e);
        } catch (IOException e) {
            throw new EngineException(EngineException.Kind.INVALID, "Cannot read the archive: " + e.getMessage(), e);
        }
    }

    private static void extract(ContainerRoot root, Fd directory, ArchiveExtraction extraction, InputStream archive)
            throws IOException {
        try {
            extraction.extract(archive);
        } catch (LinuxException e) {
            if (!e.is(Errno.EROFS)) {
                throw e;
            }
            boolean inRoot = FileCalls.status(directory).device()
                    == FileCalls.status(root.directory().descriptor()).device();
            // compat: docker's texts
            String message = inRoot ? "container rootfs is marked read-only" : "mounted volume is marked read-only";
            throw new EngineException(EngineException.Kind.INVALID, message, e);
        }
    }

    private static ContainerPath parse(String path) {
        if (path.isEmpty()) {
            throw EngineException.invalid("bad parameter: path cannot be empty");
        }
        try {
            return ContainerPath.of(path);
        } catch (IllegalArgumentException e) {
            throw new EngineException(EngineException.Kind.INVALID, "invalid path: it holds a NUL byte", e);
        }
    }

    private static Optional<FileStatus> status(RootDirectory root, ContainerPath path) {
        return root.status(path);
    }

    /** Where a symbolic link leads to in the end, as far as there is something. */
    private static ContainerPath follow(RootDirectory root, ContainerPath link) {
        ContainerPath path = link;
        for (int i = 0; i < LINKS_MAXIMUM; i++) {
            Optional<FileStatus> status = root.status(path);
            if (status.isEmpty() || !status.get().isSymbolicLink()) {
                return path;
            }
            try (Fd parent = root.openDirectory(path.parent())) {
                String target = PathBytes.text(FileCalls.readlinkat(parent.number(), path.nameBytes()));
                path = ContainerPath.of(target.startsWith("/") ? target : path.parent() + "/" + target);
            }
        }
        throw new LinuxException("readlink", link.toString(), Errno.ELOOP);
    }

    private static String name(ContainerPath path) {
        return PathBytes.text(path.nameBytes());
    }

    private static EngineException missing(String path, String reference, Optional<LinuxException> cause) {
        // compat: docker's text
        String message = "Could not find the file " + path + " in container " + reference;
        return cause.map(e -> new EngineException(EngineException.Kind.NOT_FOUND, message, e))
                .orElseGet(() -> EngineException.notFound(message));
    }

    private static EngineException refused(LinuxException e, String path, String reference) {
        return switch (e.errno()) {
            case Errno.ENOENT -> missing(path, reference, Optional.of(e));
            case Errno.ENOTDIR ->
                new EngineException(EngineException.Kind.INVALID, "extraction point is not a directory", e);
            case Errno.ELOOP, Errno.EEXIST, Errno.EISDIR, Errno.EINVAL, Errno.EXDEV, Errno.EBUSY, Errno.ENOTEMPTY ->
                new EngineException(
                        EngineException.Kind.INVALID,
                        "Cannot copy at " + path + " in container " + reference + ": " + e.getMessage(),
                        e);
            default ->
                EngineException.internal(
                        "Cannot copy at " + path + " in container " + reference + ": " + e.getMessage(), e);
        };
    }
}
