package dev.gantry.daemon.service.container;

import dev.gantry.daemon.network.NetworkController;
import dev.gantry.daemon.runtime.cgroup.CgroupDriver;
import dev.gantry.daemon.runtime.cgroup.CgroupLayout;
import dev.gantry.daemon.service.event.EventBus;
import dev.gantry.daemon.service.schedule.Schedule;
import dev.gantry.daemon.service.volume.VolumeService;
import dev.gantry.daemon.store.metadata.MetadataStore;
import dev.gantry.daemon.store.snapshot.SnapshotStore;
import java.time.Clock;
import java.util.concurrent.Executor;
import java.util.random.RandomGenerator;

/**
 * What containers are made of, for {@link ContainerAssembly}.
 *
 * @param records on disk
 * @param directories where files lie
 * @param snapshots root file systems
 * @param volumes data
 * @param networks connections
 * @param cgroups the host's cgroups
 * @param cgroupDriver who makes containers' cgroups
 * @param runtimes what runs containers
 * @param images where containers come from
 * @param bus where events go
 * @param schedule has work done later
 * @param executor threads of the engine's; tasks on it may block
 * @param randomness for ids and names
 * @param clock what time it is
 */
public record ContainerParts(
        MetadataStore<ContainerRecord> records,
        ContainerDirectories directories,
        SnapshotStore snapshots,
        VolumeService volumes,
        NetworkController networks,
        CgroupLayout cgroups,
        CgroupDriver cgroupDriver,
        Runtimes runtimes,
        ImageFinder images,
        EventBus bus,
        Schedule schedule,
        Executor executor,
        RandomGenerator randomness,
        Clock clock) {}
