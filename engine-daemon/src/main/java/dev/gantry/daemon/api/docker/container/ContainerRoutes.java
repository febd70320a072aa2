package dev.gantry.daemon.api.docker.container;

import dev.gantry.daemon.api.docker.container.ListRoutes.ImageNames;
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
public final class ContainerRoutes implements Endpoints {

    private final List<Endpoints> parts;

    /** @param sandboxes where network namespaces are pinned */
    public ContainerRoutes(
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
                new LifecycleRoutes(containers, execs),
                new ListRoutes(containers, views, snapshots, images),
                new StreamRoutes(containers, new LogStreams(containers)),
                new ExecRoutes(execs),
                new ArchiveRoutes(containers));
    }

    @Override
    public void register(Router router) {
        parts.forEach(router::add);
    }
}
