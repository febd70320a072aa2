package dev.gantry.daemon.store.layer;

import dev.gantry.daemon.linux.Errno;
import dev.gantry.daemon.linux.LinuxException;

/** Decides which extended attributes of an archive reach the disk. */
final class LayerAttributes {

    private LayerAttributes() {}

    /**
     * Whether an image may set the attribute. Those of the overlay file system would let it redirect directories into
     * other layers, and other trusted and security ones are the host's own.
     */
    static boolean isAllowed(String attribute) {
        return attribute.equals("security.capability")
                || attribute.equals("system.posix_acl_access")
                || attribute.equals("system.posix_acl_default")
                || (attribute.startsWith("user.") && !attribute.startsWith("user.overlay."));
    }

    /** Sets an attribute; where the file system or the kind of file has none of its kind, it is left out. */
    static void tolerating(Runnable setting) {
        try {
            setting.run();
        } catch (LinuxException e) {
            if (!e.is(Errno.EOPNOTSUPP) && !e.is(Errno.EPERM)) {
                throw e;
            }
        }
    }
}
