package dev.gantry.daemon.runtime;

import dev.gantry.daemon.runtime.spec.CompiledFilters;
import dev.gantry.daemon.type.ContainerId;
import java.nio.file.Path;
import java.util.Optional;

/** An OCI runtime together with the monitor that outlives the daemon. Safe for use by many threads. */
public interface OciRuntime {

    /** The name it is registered under, for example {@code crun}. */
    String name();

    /** What the runtime's binary says of its version. */
    String version();

    /** The seccomp filters it has compiled; empty where it does not take them in that form. */
    Optional<CompiledFilters> compiledFilters();

    /**
     * Creates the container's process from a bundle whose {@code config.json} is written, up to the point just before
     * its program starts, under a monitor of its own. Where this fails, nothing is left behind.
     */
    Task create(TaskRequest request);

    /**
     * Finds the task of a container again that another life of the daemon created: running, or ended in the meantime
     * with its exit on record. Empty where there is neither a process nor a record.
     */
    Optional<Task> adopt(ContainerId id, Path bundle);

    /** Removes whatever is left of a container's task: process, monitor, cgroup, records. Never fails for absence. */
    void purge(ContainerId id, Path bundle);
}
