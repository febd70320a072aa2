package dev.gantry.daemon.api.docker.container;

import dev.gantry.daemon.api.docker.container.ListEndpoints.ImageNames;
import dev.gantry.daemon.api.wire.Endpoints;
import dev.gantry.daemon.api.wire.Router;
import dev.gantry.daemon.linux.process.HostMemory;
import dev.gantry.daemon.network.NetworkController;
import dev.gantry.daemon.service.container.ContainerRecord;
import dev.gantry.daemon.service.container.ContainerService;
import dev.gantry.daemon.service.exec.ExecService;
import dev.gantry.daemon.service.filesystem.FilesystemService;
import dev.gantry.daemon.service.health.Health;
import dev.gantry.daemon.service.statistics.StatisticsService;
import dev.gantry.daemon.store.layer.LayerStore;
import dev.gantry.daemon.store.snapshot.SnapshotStore;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** All operations on containers and execs. */
public final class ContainerEndpoints implements Endpoints {

    private final List<Endpoints> parts;

    /**
     * @param health what is known of a container's health
     * @param sandboxes where network namespaces are pinned
     */
    public ContainerEndpoints(
            ContainerService containers,
            ExecService execs,
            SnapshotStore snapshots,
            LayerStore layers,
            NetworkController networks,
            ImageNames images,
            FilesystemService filesystems,
            Function<ContainerRecord, Optional<Health>> health,
            Path sandboxes,
            Clock clock) {
        NetworkViews networkViews = new NetworkViews(networks::defaultBridge, sandboxes);
        ContainerViews views = new ContainerViews(
                containers.directories(),
                snapshots,
                layers,
                networkViews,
                record -> execs.ofContainer(record.id()),
                containers::runtimeName,
                health,
                clock);
        parts = List.of(
                new LifecycleEndpoints(containers, execs),
                new UpdateEndpoints(containers),
                new TopEndpoints(containers),
                new FilesystemEndpoints(containers, filesystems),
                new CommitEndpoints(filesystems),
                new PruneEndpoints(containers, execs, clock),
                new StatsEndpoints(new StatisticsService(containers, clock), new StatsViews(HostMemory.total())),
                new ListEndpoints(containers, views, snapshots, images, networkViews, health),
                new StreamEndpoints(containers, new LogStreams(containers)),
                new WebSocketAttach(containers, new LogStreams(containers)),
                new ExecEndpoints(execs),
                new ArchiveEndpoints(containers));
    }

    @Override
    public void register(Router router) {
        parts.forEach(router::add);
    }
}
