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
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Finds the sources of what a container mounts, and makes those that may be made. */
final class ContainerMounts {

    private final VolumeService volumes;
    private final UnbornVolumes unborn;
    private final ContainerIndex index;
    private final ImageFinder images;
    private final MountStage stage;

    ContainerMounts(
            VolumeService volumes, UnbornVolumes unborn, ContainerIndex index, ImageFinder images, MountStage stage) {
        this.volumes = volumes;
        this.unborn = unborn;
        this.index = index;
        this.images = images;
        this.stage = stage;
    }

    /** Where sources are mounted that are no path of the host yet. */
    MountStage stage() {
        return stage;
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
        for (MountPoint shared : shared(host.volumesFrom(), destinations)) {
            shared.volumeName().ifPresent(name -> volumes.hold(name, id));
            shared.volumeName().ifPresent(volumes::requirePresent);
            destinations.add(shared.destination());
            points.add(shared);
        }
        for (String declared : config.volumes()) {
            String destination = normalized(declared);
            if (destinations.add(destination)) {
                points.add(anonymous(id, destination));
            }
        }
        return points;
    }

    /** The mounts of other containers, but where the new one has its own; of two at one place the later wins. */
    private List<MountPoint> shared(List<HostSettings.VolumesFrom> sources, Set<String> taken) {
        Map<String, MountPoint> shared = new LinkedHashMap<>();
        for (HostSettings.VolumesFrom source : sources) {
            for (MountPoint point : donor(source.target()).record().mounts()) {
                if (!taken.contains(normalized(point.destination()))) {
                    copy(point, source).ifPresent(copied -> shared.put(normalized(copied.destination()), copied));
                }
            }
        }
        return List.copyOf(shared.values());
    }

    private Container donor(String reference) {
        try {
            return index.find(reference);
        } catch (EngineException e) {
            // compat: a create that answers "not found" makes the docker CLI pull the image
            throw new EngineException(EngineException.Kind.INVALID, String.valueOf(e.getMessage()), e);
        }
    }

    /** Memory and images are a container's own. */
    private static Optional<MountPoint> copy(MountPoint point, HostSettings.VolumesFrom source) {
        boolean readOnly = source.readOnly() || point.request().readOnly();
        String destination = point.destination();
        if (point.request() instanceof MountRequest.Bind bind) {
            MountRequest request = new MountRequest.Bind(
                    bind.source(),
                    destination,
                    readOnly,
                    bind.propagation(),
                    bind.recursive(),
                    bind.createSource(),
                    bind.scope(),
                    bind.mode());
            return Optional.of(new MountPoint(request, Optional.empty(), false, point.source()));
        }
        if (point.request() instanceof MountRequest.Volume volume) {
            MountRequest request = new MountRequest.Volume(
                    point.volumeName(),
                    destination,
                    readOnly,
                    false,
                    volume.labels(),
                    volume.options(),
                    volume.subpath(),
                    volume.mode());
            return Optional.of(new MountPoint(request, point.volumeName(), point.anonymous(), point.source()));
        }
        return Optional.empty();
    }

    private MountPoint image(ContainerId id, MountRequest.Image image) {
        try (ImageFinder.HeldImage held = images.hold(image.reference())) {
            stage.prepareImage(id, image, held.image().layers());
            return new MountPoint(
                    image, Optional.empty(), false, held.image().id().toString());
        } catch (EngineException e) {
            if (e.kind() == EngineException.Kind.NOT_FOUND) {
                // compat: a create that answers "not found" makes the docker CLI pull the container's own image
                throw new EngineException(EngineException.Kind.INVALID, String.valueOf(e.getMessage()), e);
            }
            throw e;
        }
    }

    private MountPoint resolve(ContainerId id, MountRequest request) {
        if (request instanceof MountRequest.Image image) {
            return image(id, image);
        }
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
                id, new MountRequest.Volume(Optional.empty(), destination, false, true, Map.of(), Map.of(), "", ""));
    }

    /** Makes sure that every source is there, just before a start: binds may have gone since the last one. */
    void prepare(ContainerRecord record) {
        for (MountPoint point : record.mounts()) {
            if (point.request() instanceof MountRequest.Bind bind) {
                requireSource(bind);
                MountPropagation.check(bind);
            }
            point.volumeName().ifPresent(volumes::requirePresent);
        }
        stage.open(record);
    }

    /** Fills new volumes with what the image has at their place. Mounts the root file system for it where needed. */
    void copyUp(ContainerRecord record, SnapshotStore snapshots) {
        List<MountPoint> candidates = record.mounts().stream()
                .filter(m -> m.request() instanceof MountRequest.Volume volume
                        && volume.copyUp()
                        && volume.subpath().isEmpty())
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
