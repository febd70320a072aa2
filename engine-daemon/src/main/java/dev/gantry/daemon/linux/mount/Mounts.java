package dev.gantry.daemon.linux.mount;

import com.sun.jna.LastErrorException;
import com.sun.jna.Native;
import dev.gantry.daemon.linux.Errno;
import dev.gantry.daemon.linux.LinuxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Mounts and unmounts in the mount namespace of the calling thread. Every method throws {@link LinuxException} when the
 * kernel refuses. Thread-safe.
 */
public final class Mounts {

    /** The kernel copies one page of options, its final NUL included. */
    private static final int OPTIONS_MAXIMUM = 4095;

    private Mounts() {}

    /** Calls mount(2); {@code options} are the file system's own, or null. */
    public static void mount(String source, Path target, String type, long flags, @Nullable String options) {
        try {
            CLibrary.mount(
                    bytes(source),
                    bytes(target.toString()),
                    bytes(type),
                    flags,
                    options == null ? null : bytes(options));
        } catch (LastErrorException e) {
            throw new LinuxException("mount " + type, target.toString(), e.getErrorCode());
        }
    }

    /** Makes a file or directory visible at another place, without what is mounted below it. */
    public static void bind(Path source, Path target) {
        mount(source.toString(), target, "none", MountFlags.MS_BIND, null);
    }

    /** Makes a directory visible at another place with all that is mounted below it. */
    public static void bindRecursive(Path source, Path target) {
        mount(source.toString(), target, "none", MountFlags.MS_BIND | MountFlags.MS_REC, null);
    }

    /** Makes a mount that was bound read-only; mounts below it stay as they are. */
    public static void remountReadOnly(Path target) {
        mount("none", target, "none", MountFlags.MS_REMOUNT | MountFlags.MS_BIND | MountFlags.MS_RDONLY, null);
    }

    /** Lets mounts made below pass to its peers and slaves, and theirs to it. */
    public static void makeShared(Path target) {
        mount("none", target, "none", MountFlags.MS_SHARED, null);
    }

    /** Lets mounts of its master appear below, but passes none on. */
    public static void makeSlave(Path target) {
        mount("none", target, "none", MountFlags.MS_SLAVE, null);
    }

    /** Separates a mount from all others. */
    public static void makePrivate(Path target) {
        mount("none", target, "none", MountFlags.MS_PRIVATE, null);
    }

    /**
     * Mounts an overlay.
     *
     * @param lowers the read-only layers, topmost first; at least one
     * @param upper takes the changes
     * @param work an empty directory on the file system of {@code upper}
     * @param target an existing directory
     * @throws IllegalArgumentException if the paths need more than the page of options the kernel takes
     */
    public static void overlay(List<Path> lowers, Path upper, Path work, Path target) {
        String options = overlayOptions(lowers, upper, work);
        if (bytes(options).length - 1 > OPTIONS_MAXIMUM) {
            throw new IllegalArgumentException("The paths of " + lowers.size() + " layers take "
                    + (bytes(options).length - 1) + " bytes, an overlay mount takes " + OPTIONS_MAXIMUM
                    + ": use a shorter data root or fewer layers");
        }
        mount("overlay", target, "overlay", 0, options);
    }

    /** Whether the kernel takes the options of such an overlay. */
    public static boolean overlayFits(List<Path> lowers, Path upper, Path work) {
        return bytes(overlayOptions(lowers, upper, work)).length - 1 <= OPTIONS_MAXIMUM;
    }

    /**
     * Mounts an overlay that takes no changes.
     *
     * @param lowers topmost first; at least two
     * @throws IllegalArgumentException if the paths need more than the page of options the kernel takes
     */
    public static void overlayReadOnly(List<Path> lowers, Path target) {
        String options = "lowerdir=" + lowers.stream().map(Mounts::escape).collect(Collectors.joining(":"));
        if (bytes(options).length - 1 > OPTIONS_MAXIMUM) {
            throw new IllegalArgumentException(
                    "The paths of " + lowers.size() + " layers do not fit into the options of an overlay mount");
        }
        mount("overlay", target, "overlay", MountFlags.MS_RDONLY, options);
    }

    private static String overlayOptions(List<Path> lowers, Path upper, Path work) {
        return "lowerdir=" + lowers.stream().map(Mounts::escape).collect(Collectors.joining(":")) + ",upperdir="
                + escape(upper) + ",workdir=" + escape(work);
    }

    private static String escape(Path path) {
        return path.toString().replace("\\", "\\\\").replace(":", "\\:").replace(",", "\\,");
    }

    /** Unmounts what is mounted on top at a path; symbolic links are not followed. */
    public static void unmount(Path target) {
        unmount(target, 0);
    }

    /** Takes a mount out of sight at once; it goes when its last user goes. */
    public static void detach(Path target) {
        unmount(target, MountFlags.MNT_DETACH);
    }

    private static void unmount(Path target, int flags) {
        try {
            CLibrary.umount2(bytes(target.toString()), flags | MountFlags.UMOUNT_NOFOLLOW);
        } catch (LastErrorException e) {
            throw new LinuxException("umount", target.toString(), e.getErrorCode());
        }
    }

    /** Unmounts what is mounted on top at a path, if anything is. Returns whether there was a mount. */
    public static boolean unmountIfMounted(Path target) {
        try {
            unmount(target, 0);
            return true;
        } catch (LinuxException e) {
            if (e.is(Errno.EINVAL) || e.is(Errno.ENOENT)) {
                return false;
            }
            throw e;
        }
    }

    private static byte[] bytes(String text) {
        return (text + "\0").getBytes(StandardCharsets.UTF_8);
    }

    private static final class CLibrary {
        static {
            Native.register(CLibrary.class, "c");
        }

        static native int mount(byte[] source, byte[] target, byte[] type, long flags, byte @Nullable [] options)
                throws LastErrorException;

        static native int umount2(byte[] target, int flags) throws LastErrorException;
    }
}
