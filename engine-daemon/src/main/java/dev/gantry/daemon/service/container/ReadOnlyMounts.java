package dev.gantry.daemon.service.container;

import dev.gantry.daemon.service.container.MountRequest.ReadOnlyScope;
import dev.gantry.daemon.type.EngineException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Says how a mount becomes read-only: alone, or with all that is mounted below it. */
final class ReadOnlyMounts {

    private static final Pattern KERNEL = Pattern.compile("(\\d+)\\.(\\d+).*");

    /** Linux 5.12 brought mount_setattr, which crun and runc need for it. */
    private static final boolean CAN_BE_WHOLE = atLeast(5, 12, System.getProperty("os.version", ""));

    private ReadOnlyMounts() {}

    static boolean atLeast(int major, int minor, String release) {
        Matcher version = KERNEL.matcher(release);
        if (!version.matches()) {
            return false;
        }
        int first = Integer.parseInt(version.group(1));
        return first > major || (first == major && Integer.parseInt(version.group(2)) >= minor);
    }

    /** The mount option for an OCI runtime. */
    static String option(ReadOnlyScope scope) {
        return switch (scope) {
            case MOUNT_ALONE -> "ro";
            case WHOLE_IF_POSSIBLE -> CAN_BE_WHOLE ? "rro" : "ro";
            case WHOLE -> {
                if (!CAN_BE_WHOLE) {
                    throw EngineException.invalid(
                            "recursive read-only mounts need Linux 5.12 or newer: use ReadOnlyNonRecursive instead");
                }
                yield "rro";
            }
        };
    }
}
