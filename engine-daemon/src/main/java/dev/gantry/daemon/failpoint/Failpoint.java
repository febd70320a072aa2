package dev.gantry.daemon.failpoint;

import java.nio.file.Path;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A place between two steps of which a crash must leave the whole or nothing. Costs a test for null, unless the daemon was
 * started with the property {@value #PROPERTY}, which only tests set.
 */
public enum Failpoint {
    /** A new container's directory is there, nothing else is. */
    CREATE_HOME,
    /** The name of an anonymous volume is noted, the volume is not there. */
    CREATE_VOLUME_NOTED,
    /** A volume is on record, its directory is not there. */
    VOLUME_RECORD,
    /** The directories of a root file system are there, its record is not. */
    SNAPSHOT_DIRECTORY,
    /** A container has all its parts, and is not on record. */
    CREATE_PREPARED,
    /** A new container is on record, its notes of volumes are still there. */
    CREATE_RECORD,
    /** A starting container has its root file system and its network namespace. */
    START_SANDBOX,
    /** A starting container is plugged to its bridge, its ports lead nowhere. */
    ENDPOINT_PLUGGED,
    /** The ports of a starting container lead to it, and no record knows. */
    ENDPOINT_PUBLISHED,
    /** The bundle of a starting container is written. */
    START_BUNDLE,
    /** The monitor of a starting container is running, and no record knows. */
    MONITOR_SPAWNED,
    /** The process of a starting container waits for its start. */
    START_CREATED,
    /** The process of a starting container runs, and its record says that it does not. */
    START_RUNNING,
    /** An ended container has lost its network, and its record says that it runs. */
    EXIT_DISCONNECTED,
    /** The end of a container is on record, nothing of its run but the network is taken away. */
    EXIT_RECORD,
    /** Of an ended container's run only the mounted root file system is left. */
    EXIT_PURGED,
    /** A container has its new name on record, its old one is still taken. */
    RENAME_RECORD,
    /** The anonymous volumes of a container on its way out are gone, its record is not. */
    REMOVE_VOLUMES,
    /** A container on its way out has lost its record, its files are there. */
    REMOVE_RECORD,
    /** A root file system on its way out has lost its record, its files are there. */
    SNAPSHOT_RECORD_REMOVED,
    /** The data of a volume on its way out is moved aside, its record is there. */
    VOLUME_MOVED,
    /** The beginning of a blob has come. */
    BLOB_PARTIAL,
    /** A layer is unpacked and on the disk, but not in its place. */
    LAYER_UNPACKED,
    /** A layer is in its place and has no record. */
    LAYER_MOVED,
    /** An image is on record and has no name. */
    IMAGE_RECORD,
    /** An image on its way out has lost its names. */
    IMAGE_UNNAMED;

    /** Names the file that says at which points to die: a line each, {@code name:crash@N}, N counted from its writing on. */
    public static final String PROPERTY = "gantry.failpoints";

    /** The exit status of a daemon that died at a point. */
    public static final int CRASH_STATUS = 86;

    private static final @Nullable FailpointPlan PLAN = plan(System.getProperty(PROPERTY));

    private static @Nullable FailpointPlan plan(@Nullable String file) {
        return file == null ? null : new FailpointPlan(Path.of(file));
    }

    /** The name in a plan. */
    public String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** Dies here, as by SIGKILL, where the plan says so. */
    public void reach() {
        if (PLAN != null && PLAN.says(word())) {
            Runtime.getRuntime().halt(CRASH_STATUS);
        }
    }
}
