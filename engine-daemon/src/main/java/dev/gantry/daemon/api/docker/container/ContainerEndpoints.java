package dev.gantry.daemon.api.docker.container;

import dev.gantry.daemon.api.docker.container.ListEndpoints.ImageNames;
import dev.gantry.daemon.api.wire.Endpoints;
import dev.gantry.daemon.api.wire.Router;
import dev.gantry.daemon.network.NetworkController;
import dev.gantry.daemon.service.container.ContainerService;
import dev.gantry.daemon.service.exec.ExecService;
import dev.gantry.daemon.store.layer.LayerStore;
import dev.gantry.daemon.store.snapshot.SnapshotStore;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;

/** All operations on containers and execs. */
public final class ContainerEndpoints implements Endpoints {

    private final List<Endpoints> parts;

    /** @param sandboxes where network namespaces are pinned */
    public ContainerEndpoints(
            ContainerService containers,
            ExecService execs,
            SnapshotStore snapshots,
            LayerStore layers,
            NetworkController networks,
            ImageNames images,
            Path sandboxes,
            Clock clock) {
        ContainerViews views = new ContainerViews(
                containers.directories(),
                snapshots,
                layers,
                new NetworkViews(networks::defaultBridge, sandboxes),
                record -> execs.ofContainer(record.id()),
                containers::runtimeName,
                clock);
        parts = List.of(
                new LifecycleEndpoints(containers, execs),
                new ListEndpoints(containers, views, snapshots, images),
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
