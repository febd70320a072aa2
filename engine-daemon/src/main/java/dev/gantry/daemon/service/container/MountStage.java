package dev.gantry.daemon.service.container;

import dev.gantry.daemon.linux.Errno;
import dev.gantry.daemon.linux.Fd;
import dev.gantry.daemon.linux.LinuxException;
import dev.gantry.daemon.linux.file.ContainerPath;
import dev.gantry.daemon.linux.file.OpenFlags;
import dev.gantry.daemon.linux.file.RootDirectory;
import dev.gantry.daemon.linux.mount.Mounts;
import dev.gantry.daemon.store.snapshot.SnapshotStore;
import dev.gantry.daemon.type.ContainerId;
import dev.gantry.daemon.type.EngineException;
import dev.gantry.registry.Digest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Makes sources of mounts that are no path of the host yet: the files of an image, and a part of a volume or an image.
 * They are mounted on the host for as long as the container runs, below {@code stage/<id>}, so that the OCI runtime binds
 * exactly what was looked up: whoever writes to the volume meanwhile cannot put a link to elsewhere in its way.
 */
final class MountStage {

    private final ContainerDirectories directories;
    private final SnapshotStore snapshots;

    MountStage(ContainerDirectories directories, SnapshotStore snapshots) {
        this.directories = directories;
        this.snapshots = snapshots;
    }

    /** The snapshot behind an image that a container mounts; it is no container's root, though it has an id like one. */
    static ContainerId snapshotOf(ContainerId container, String destination) {
        Digest digest = Digest.sha256((container.value() + "\0" + destination).getBytes(StandardCharsets.UTF_8));
        return new ContainerId(digest.hex());
    }

    /** Makes the files of an image ready to be mounted. They stay until {@link #discard}. */
    void prepareImage(ContainerId container, MountRequest.Image request, List<Digest> layers) {
        snapshots.create(snapshotOf(container, request.destination()), layers);
    }

    /** Mounts what a container needs before it starts. Does nothing where that has been done. */
    void open(ContainerRecord record) {
        List<MountPoint> points = record.mounts();
        for (int i = 0; i < points.size(); i++) {
            MountPoint point = points.get(i);
            if (point.request() instanceof MountRequest.Image image) {
                Path root = snapshots.mount(snapshotOf(record.id(), image.destination()));
                bindPart(root, image.subpath(), record.id(), i);
            } else if (point.request() instanceof MountRequest.Volume volume) {
                bindPart(Path.of(point.source()), volume.subpath(), record.id(), i);
            }
        }
    }

    private void bindPart(Path root, String subpath, ContainerId id, int index) {
        if (subpath.isEmpty()) {
            return;
        }
        Path place = place(id, index);
        if (Files.exists(place)) {
            // left by a start that was cut short
            release(place);
        }
        try (RootDirectory directory = RootDirectory.open(root);
                Fd part = directory.open(ContainerPath.of(subpath), OpenFlags.O_PATH, 0)) {
            ContainerDirectories.make(home(id));
            Path source = Path.of(part.procPath());
            if (Files.isDirectory(source)) {
                Files.createDirectory(place);
            } else {
                Files.createFile(place);
            }
            Mounts.bind(source, place);
        } catch (LinuxException e) {
            if (e.is(Errno.ENOENT) || e.is(Errno.ENOTDIR)) {
                // compat: docker's text
                throw new EngineException(
                        EngineException.Kind.NOT_FOUND,
                        "cannot access path " + root.resolve(subpath) + ": no such file or directory",
                        e);
            }
            throw e;
        } catch (IOException e) {
            throw EngineException.internal(
                    "preparing the mount of " + root.resolve(subpath) + ": " + e.getMessage(), e);
        }
    }

    /** Unmounts what was mounted for a container. */
    void close(ContainerRecord record) {
        for (int i = 0; i < record.mounts().size(); i++) {
            Path place = place(record.id(), i);
            if (Files.exists(place)) {
                release(place);
            }
            if (record.mounts().get(i).request() instanceof MountRequest.Image image) {
                snapshots.unmount(snapshotOf(record.id(), image.destination()));
            }
        }
        deleteIfEmpty(home(record.id()));
    }

    private static void release(Path place) {
        try {
            Mounts.detach(place);
        } catch (LinuxException e) {
            if (!e.is(Errno.EINVAL)) {
                throw e;
            }
        }
        // never as a tree: a mount that stayed must not lose its files
        deleteIfEmpty(place);
    }

    private static void deleteIfEmpty(Path place) {
        try {
            Files.deleteIfExists(place);
        } catch (IOException e) {
            throw EngineException.internal("deleting " + place + ": " + e.getMessage(), e);
        }
    }

    /** Removes the snapshots of the images that a container mounts, made or not. */
    void discard(ContainerId container, List<MountRequest> requests) {
        images(requests).forEach(image -> snapshots.remove(snapshotOf(container, image.destination())));
    }

    /** The snapshots of a container's images. */
    List<ContainerId> snapshots(ContainerRecord record) {
        return images(record.mounts().stream().map(MountPoint::request).toList())
                .map(image -> snapshotOf(record.id(), image.destination()))
                .toList();
    }

    private static Stream<MountRequest.Image> images(List<MountRequest> requests) {
        return requests.stream().filter(MountRequest.Image.class::isInstance).map(MountRequest.Image.class::cast);
    }

    /** Where the source of a mount lies on the host while the container runs; empty for memory. */
    Optional<Path> source(ContainerRecord record, MountPoint point) {
        int index = record.mounts().indexOf(point);
        if (point.request() instanceof MountRequest.Image image) {
            return Optional.of(
                    image.subpath().isEmpty()
                            ? snapshots.merged(snapshotOf(record.id(), image.destination()))
                            : place(record.id(), index));
        }
        if (point.request() instanceof MountRequest.Volume volume
                && !volume.subpath().isEmpty()) {
            return Optional.of(place(record.id(), index));
        }
        return point.source().isEmpty() ? Optional.empty() : Optional.of(Path.of(point.source()));
    }

    private Path home(ContainerId id) {
        return directories.execRoot().resolve("stage").resolve(id.value());
    }

    private Path place(ContainerId id, int index) {
        return home(id).resolve(Integer.toString(index));
    }
}
