package dev.gantry.daemon.service.container;

import dev.gantry.daemon.service.volume.VolumeService;
import dev.gantry.daemon.store.snapshot.SnapshotStore;
import java.time.Clock;
import java.util.concurrent.Executor;

/**
 * What the steps of a container's life cycle work with.
 *
 * @param index all containers
 * @param directories where their files lie
 * @param snapshots their root file systems
 * @param volumes their data
 * @param network their connections
 * @param specs their specifications
 * @param mounts their mounts
 * @param runtimes what runs them
 * @param cgroups what holds their processes
 * @param events what is said of them
 * @param observers are told of runs
 * @param logs what they write
 * @param executor runs what must not hold up a caller
 * @param clock what time it is
 */
record Engine(
        ContainerIndex index,
        ContainerDirectories directories,
        SnapshotStore snapshots,
        VolumeService volumes,
        ContainerNetwork network,
        ContainerSpecs specs,
        ContainerMounts mounts,
        Runtimes runtimes,
        ContainerCgroups cgroups,
        ContainerEvents events,
        ContainerObservers observers,
        ContainerLogs logs,
        Executor executor,
        Clock clock) {}
