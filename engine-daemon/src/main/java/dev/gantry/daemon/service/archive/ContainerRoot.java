package dev.gantry.daemon.service.archive;

import dev.gantry.daemon.linux.Errno;
import dev.gantry.daemon.linux.Fd;
import dev.gantry.daemon.linux.LinuxException;
import dev.gantry.daemon.linux.file.ContainerPath;
import dev.gantry.daemon.linux.file.FileCalls;
import dev.gantry.daemon.linux.file.OpenFlags;
import dev.gantry.daemon.linux.file.RootDirectory;
import dev.gantry.daemon.linux.mount.Mounts;
import dev.gantry.daemon.linux.mount.PrivateMounts;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;

/**
 * The file system of a container as its processes see it, volumes included, held by a descriptor. Thread-safe; the one
 * who opened it closes it.
 */
public final class ContainerRoot implements AutoCloseable {

    /** Whether the container may write. */
    public enum Access {
        READ_WRITE,
        READ_ONLY
    }

    /**
     * A volume or a bind mount of a container that does not run.
     *
     * @param source on the host
     * @param destination in the container
     */
    public record Mount(Path source, String destination, Access access) {}

    private final RootDirectory directory;
    private final Runnable release;

    private ContainerRoot(RootDirectory directory, Runnable release) {
        this.directory = directory;
        this.release = release;
    }

    /**
     * Opens the root of a running container.
     *
     * @param pid its first process, which the caller knows to be alive
     */
    public static ContainerRoot running(int pid) {
        Fd root = FileCalls.open(
                Path.of("/proc", Integer.toString(pid), "root"), OpenFlags.O_PATH | OpenFlags.O_DIRECTORY, 0);
        return new ContainerRoot(RootDirectory.own(root), () -> {});
    }

    /**
     * Puts a container that does not run together in a mount namespace that nobody else sees.
     *
     * @param rootfs mounted when this is called
     * @param access to the root itself
     * @param mounts what the container would find mounted
     * @param release run when the result is closed; not where this throws
     */
    public static ContainerRoot stopped(Path rootfs, Access access, List<Mount> mounts, Runnable release) {
        PrivateMounts.Prepared<RootDirectory> prepared = PrivateMounts.prepare(() -> assemble(rootfs, access, mounts));
        return new ContainerRoot(prepared.value(), () -> {
            prepared.mounts().close();
            release.run();
        });
    }

    private static RootDirectory assemble(Path rootfs, Access access, List<Mount> mounts) {
        // Bound onto itself, so that it can be made read-only here and nowhere else.
        Mounts.bindRecursive(rootfs, rootfs);
        RootDirectory root = RootDirectory.open(rootfs);
        try {
            mounts.stream()
                    .sorted(Comparator.comparingInt(
                            mount -> ContainerPath.of(mount.destination()).depth()))
                    .forEach(mount -> attach(root, mount));
            if (access == Access.READ_ONLY) {
                Mounts.remountReadOnly(rootfs);
            }
            return root;
        } catch (RuntimeException e) {
            root.close();
            throw e;
        }
    }

    private static void attach(RootDirectory root, Mount mount) {
        ContainerPath destination = ContainerPath.of(mount.destination());
        try (Fd target = target(root, destination, Files.isDirectory(mount.source()))) {
            Mounts.bindRecursive(mount.source(), Path.of(target.procPath()));
        }
        if (mount.access() == Access.READ_ONLY) {
            // Opened again: the first descriptor is of what the mount covers.
            try (Fd mounted = root.open(destination, OpenFlags.O_PATH, 0)) {
                Mounts.remountReadOnly(Path.of(mounted.procPath()));
            }
        }
    }

    private static Fd target(RootDirectory root, ContainerPath destination, boolean directory) {
        try {
            return root.open(destination, OpenFlags.O_PATH, 0);
        } catch (LinuxException e) {
            if (!e.is(Errno.ENOENT)) {
                throw e;
            }
        }
        if (directory) {
            return root.makeDirectories(destination);
        }
        try (Fd parent = root.makeDirectories(destination.parent());
                Fd made = FileCalls.openat(
                        parent.number(),
                        destination.nameBytes(),
                        OpenFlags.O_WRONLY | OpenFlags.O_CREAT | OpenFlags.O_EXCL | OpenFlags.O_NOFOLLOW,
                        0644)) {
            FileCalls.fchmod(made, 0644);
        }
        return root.open(destination, OpenFlags.O_PATH, 0);
    }

    /** The root, this object's. */
    public RootDirectory directory() {
        return directory;
    }

    @Override
    public void close() {
        directory.close();
        release.run();
    }
}
