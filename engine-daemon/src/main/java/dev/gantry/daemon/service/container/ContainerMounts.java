package dev.gantry.daemon.service.container;

import dev.gantry.daemon.failpoint.Failpoint;
import dev.gantry.daemon.linux.file.ContainerPath;
import dev.gantry.daemon.service.volume.VolumeService;
import dev.gantry.daemon.store.snapshot.SnapshotStore;
import dev.gantry.daemon.type.ContainerId;
import dev.gantry.daemon.type.EngineException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Finds the sources of what a container mounts, and makes those that may be made. */
final class ContainerMounts {

    private final VolumeService volumes;
    private final UnbornVolumes unborn;

    ContainerMounts(VolumeService volumes, UnbornVolumes unborn) {
        this.volumes = volumes;
        this.unborn = unborn;
    }

    /** The anonymous volumes of containers that are not on record yet. */
    UnbornVolumes unborn() {
        return unborn;
    }

    /**
     * Resolves all that a new container mounts: what its user asked for, then an anonymous volume at each place that
     * the image declares and nothing else covers.
     */
    List<MountPoint> resolve(ContainerId id, ContainerConfig config, HostSettings host) {
        List<MountPoint> points = new ArrayList<>();
        Set<String> destinations = new HashSet<>();
        for (MountRequest request : host.mounts()) {
            String destination = normalized(request.destination());
            if (!destinations.add(destination)) {
                throw EngineException.invalid("Duplicate mount point: " + destination);
            }
            points.add(resolve(id, request));
        }
        for (String declared : config.volumes()) {
            String destination = normalized(declared);
            if (destinations.add(destination)) {
                points.add(anonymous(id, destination));
            }
        }
        return points;
    }

    private MountPoint resolve(ContainerId id, MountRequest request) {
        if (request instanceof MountRequest.Bind bind) {
            requireSource(bind);
            return new MountPoint(bind, Optional.empty(), false, bind.source());
        }
        if (request instanceof MountRequest.Volume volume) {
            String name = use(id, volume);
            return new MountPoint(
                    volume,
                    Optional.of(name),
                    volume.name().isEmpty(),
                    volumes.path(name).toString());
        }
        return new MountPoint(request, Optional.empty(), false, "");
    }

    private String use(ContainerId id, MountRequest.Volume volume) {
        if (volume.name().isPresent()) {
            return volumes.use(volume.name(), volume.labels(), volume.options(), id);
        }
        String name = volumes.drawName();
        unborn.note(id, name);
        Failpoint.CREATE_VOLUME_NOTED.reach();
        volumes.useAnonymous(name, volume.labels(), volume.options(), id);
        return name;
    }

    private MountPoint anonymous(ContainerId id, String destination) {
        return resolve(
                id,
                new MountRequest.Volume(
                        Optional.empty(), destination, false, true, java.util.Map.of(), java.util.Map.of(), ""));
    }

    /** Makes sure that every source is there, just before a start: binds may have gone since the last one. */
    void prepare(ContainerRecord record) {
        for (MountPoint point : record.mounts()) {
            if (point.request() instanceof MountRequest.Bind bind) {
                requireSource(bind);
            }
            point.volumeName().ifPresent(volumes::requirePresent);
        }
    }

    /** Fills new volumes with what the image has at their place. Mounts the root file system for it where needed. */
    void copyUp(ContainerRecord record, SnapshotStore snapshots) {
        List<MountPoint> candidates = record.mounts().stream()
                .filter(m -> m.request() instanceof MountRequest.Volume volume && volume.copyUp())
                .toList();
        if (candidates.isEmpty()) {
            return;
        }
        Path rootfs = snapshots.mount(record.id());
        try {
            for (MountPoint point : candidates) {
                volumes.copyUp(point.volumeName().orElseThrow(), rootfs, ContainerPath.of(point.destination()));
            }
        } finally {
            snapshots.unmount(record.id());
        }
    }

    private static void requireSource(MountRequest.Bind bind) {
        Path source = Path.of(bind.source());
        if (Files.exists(source)) {
            return;
        }
        if (!bind.createSource()) {
            // compat: docker's text
            throw EngineException.invalid(
                    "invalid mount config for type \"bind\": bind source path does not exist: " + source);
        }
        try {
            Files.createDirectories(source);
        } catch (IOException e) {
            throw EngineException.internal(
                    "error while creating mount source path '" + source + "': " + e.getMessage(), e);
        }
    }

    private static String normalized(String destination) {
        if (!destination.startsWith("/")) {
            throw EngineException.invalid("invalid mount path: '" + destination + "' mount path must be absolute");
        }
        String path = Path.of(destination).normalize().toString();
        if (path.equals("/")) {
            throw EngineException.invalid("invalid volume specification: destination can't be '/'");
        }
        return path;
    }
}
