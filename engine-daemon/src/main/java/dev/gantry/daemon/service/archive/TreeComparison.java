package dev.gantry.daemon.service.archive;

import dev.gantry.daemon.linux.Errno;
import dev.gantry.daemon.linux.Fd;
import dev.gantry.daemon.linux.LinuxException;
import dev.gantry.daemon.linux.file.DirectoryReader;
import dev.gantry.daemon.linux.file.FileCalls;
import dev.gantry.daemon.linux.file.FileStatus;
import dev.gantry.daemon.linux.file.OpenFlags;
import dev.gantry.daemon.linux.file.RootDirectory;
import dev.gantry.daemon.linux.file.Xattrs;
import dev.gantry.daemon.service.archive.TreeChange.Kind;
import dev.gantry.daemon.type.EngineException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Finds what a container changed: walks the upper directory of its overlay and, beside it, the tree of its image. The
 * places that the engine itself makes in each container to mount something on are no changes. For one thread.
 */
public final class TreeComparison {

    private static final int DEPTH_MAXIMUM = 1024;
    private static final int OPEN = OpenFlags.O_RDONLY | OpenFlags.O_DIRECTORY | OpenFlags.O_NOFOLLOW;
    private static final String OPAQUE = "trusted.overlay.opaque";

    /** What the OCI runtimes make where the image has none. */
    private static final Set<String> MOUNT_POINTS = Set.of(
            "/dev",
            "/dev/console",
            "/dev/mqueue",
            "/dev/pts",
            "/dev/shm",
            "/etc",
            "/etc/hostname",
            "/etc/hosts",
            "/etc/resolv.conf",
            "/proc",
            "/run",
            "/sys",
            "/sys/fs",
            "/sys/fs/cgroup");

    private final List<TreeChange> changes = new ArrayList<>();

    private TreeComparison() {}

    /**
     * Lists all changes, sorted as they are walked: a directory, then what is in it.
     *
     * @param upper what the container wrote, in the form of overlay
     * @param image what it started from
     */
    public static List<TreeChange> changes(RootDirectory upper, RootDirectory image) {
        TreeComparison comparison = new TreeComparison();
        try (Fd written = reopened(upper);
                Fd original = reopened(image)) {
            comparison.children(written, original, "", isOpaque(written), 0);
        }
        return comparison.changes;
    }

    /** A listing moves the position of its descriptor. */
    private static Fd reopened(RootDirectory directory) {
        return FileCalls.openat(
                directory.descriptor().number(), new byte[] {'.', 0}, OpenFlags.O_RDONLY | OpenFlags.O_DIRECTORY, 0);
    }

    static boolean isOpaque(Fd directory) {
        return Xattrs.get(directory, new byte[] {'.', 0}, OPAQUE)
                .filter(value -> Arrays.equals(value, new byte[] {'y'}))
                .isPresent();
    }

    private void children(Fd upper, @Nullable Fd original, String path, boolean opaque, int depth) {
        if (depth > DEPTH_MAXIMUM) {
            throw EngineException.invalid("The directory at " + path + " is too deep to be compared");
        }
        Set<String> present = new TreeSet<>();
        for (byte[] name : TreeArchiver.sorted(upper)) {
            present.add(TreeArchiver.latin1(name));
            Optional<FileStatus> status = FileCalls.status(upper.number(), name);
            if (status.isPresent()) {
                compare(upper, original, name, path + "/" + TreeArchiver.latin1(name), status.get(), depth);
            }
        }
        if (opaque && original != null) {
            for (byte[] name : TreeArchiver.sorted(original)) {
                if (!present.contains(TreeArchiver.latin1(name))) {
                    changes.add(new TreeChange(path + "/" + TreeArchiver.latin1(name), Kind.DELETED));
                }
            }
        }
    }

    private void compare(Fd upper, @Nullable Fd original, byte[] name, String path, FileStatus status, int depth) {
        Optional<FileStatus> before = original == null ? Optional.empty() : FileCalls.status(original.number(), name);
        if (status.isWhiteout()) {
            changes.add(new TreeChange(path, Kind.DELETED));
            return;
        }
        int at = changes.size();
        changes.add(new TreeChange(path, before.isPresent() ? Kind.MODIFIED : Kind.ADDED));
        int below = 0;
        if (status.isDirectory()) {
            below = descend(upper, original, name, path, before, depth);
        }
        boolean nothingBelow = changes.size() == at + 1;
        if (nothingBelow && isEnginesOwn(path, status, before, below)) {
            changes.remove(at);
        }
    }

    /** Returns how many names the directory holds. */
    private int descend(
            Fd upper, @Nullable Fd original, byte[] name, String path, Optional<FileStatus> before, int depth) {
        boolean merged =
                original != null && before.filter(FileStatus::isDirectory).isPresent();
        try (Fd directory = FileCalls.openat(upper.number(), name, OPEN, 0)) {
            int count = DirectoryReader.read(directory).size();
            try (Fd written = FileCalls.openat(upper.number(), name, OPEN, 0)) {
                if (merged && original != null) {
                    try (Fd beside = FileCalls.openat(original.number(), name, OPEN, 0)) {
                        children(written, beside, path, isOpaque(written), depth + 1);
                    }
                } else {
                    children(written, null, path, false, depth + 1);
                }
            }
            return count;
        } catch (LinuxException e) {
            // gone, or something else, since it was listed
            if (e.is(Errno.ENOENT) || e.is(Errno.ENOTDIR) || e.is(Errno.ELOOP)) {
                return 0;
            }
            throw e;
        }
    }

    /** Whether something that holds no change is there only because the engine mounts on it, or on what is in it. */
    private static boolean isEnginesOwn(String path, FileStatus status, Optional<FileStatus> before, int names) {
        if (before.isPresent()) {
            FileStatus old = before.get();
            return status.isDirectory()
                    && old.isDirectory()
                    && names > 0
                    && MOUNT_POINTS.contains(path)
                    && old.mode() == status.mode()
                    && old.user() == status.user()
                    && old.group() == status.group();
        }
        return MOUNT_POINTS.contains(path) && (status.isDirectory() || (status.isRegular() && status.size() == 0));
    }
}
