package dev.gantry.daemon.service.filesystem;

import dev.gantry.daemon.linux.file.RootDirectory;
import dev.gantry.daemon.service.archive.LayerArchive;
import dev.gantry.daemon.service.archive.TreeArchive;
import dev.gantry.daemon.service.archive.TreeChange;
import dev.gantry.daemon.service.archive.TreeComparison;
import dev.gantry.daemon.service.container.ContainerRecord;
import dev.gantry.daemon.service.container.ContainerService;
import dev.gantry.daemon.service.image.CommitRequest;
import dev.gantry.daemon.service.image.ImageId;
import dev.gantry.daemon.service.image.ImageService;
import dev.gantry.daemon.store.snapshot.SnapshotLease;
import dev.gantry.daemon.store.snapshot.SnapshotStore;
import dev.gantry.daemon.store.snapshot.SnapshotTree;
import dev.gantry.daemon.type.ContainerId;
import dev.gantry.daemon.type.EngineException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.function.Function;

/**
 * Looks at the root file systems of containers, in whatever state these are, without keeping anybody else from using
 * them: a slow reader holds no lock. Volumes are no part of a root file system. Safe for use by many threads; blocking.
 */
public final class FilesystemService {

    private final ContainerService containers;
    private final SnapshotStore snapshots;
    private final ImageService images;
    private final Executor executor;

    /** @param executor runs writers of archives, each on a thread of its own */
    public FilesystemService(
            ContainerService containers, SnapshotStore snapshots, ImageService images, Executor executor) {
        this.containers = containers;
        this.snapshots = snapshots;
        this.images = images;
        this.executor = executor;
    }

    /** What a container changed against its image. */
    public List<TreeChange> changes(String reference) {
        ContainerId id = containers.get(reference).id();
        try (RootDirectory upper = RootDirectory.open(snapshots.upper(id));
                SnapshotTree image = snapshots.image(id)) {
            return TreeComparison.changes(upper, image.directory());
        }
    }

    /**
     * Writes a container's whole root file system as an uncompressed archive. The stream stays open.
     *
     * @throws IOException where the stream throws it
     */
    public void export(String reference, OutputStream target) throws IOException {
        ContainerRecord record = containers.get(reference);
        try (SnapshotLease lease = snapshots.lease(record.id());
                RootDirectory root = RootDirectory.open(lease.path())) {
            TreeArchive.write(root, target);
        }
        containers.events().publish(record, "export");
    }

    /** Whether a running container's processes stand still while its files are read. */
    public enum Processes {
        PAUSE,
        LET_RUN
    }

    /**
     * Makes an image of a container: its image with what it changed as one more layer.
     *
     * @param wish what the image is to be, worked out of the container
     */
    public ImageId commit(String reference, Processes processes, Function<ContainerRecord, CommitRequest> wish) {
        ContainerRecord record = containers.get(reference);
        CommitRequest request = wish.apply(record);
        ImageId image = processes == Processes.PAUSE
                ? containers.whilePaused(reference, () -> commit(record, request))
                : commit(record, request);
        containers
                .events()
                .publish(
                        record,
                        "commit",
                        Map.of(
                                "comment", request.comment(),
                                "imageID", image.toString(),
                                "imageRef",
                                        request.name()
                                                .map(name ->
                                                        name.withDefaultTag().familiar())
                                                .orElse("")));
        return image;
    }

    private ImageId commit(ContainerRecord record, CommitRequest request) {
        ContainerId id = record.id();
        // the lease keeps the files of a container that is removed meanwhile
        try (SnapshotLease lease = snapshots.lease(id);
                RootDirectory upper = RootDirectory.open(lease.path().resolveSibling("upper"));
                SnapshotTree below = snapshots.image(id);
                InputStream layer =
                        ArchivePipe.of(target -> LayerArchive.write(upper, below.directory(), target), executor)) {
            return images.commit(layer, request);
        } catch (IOException e) {
            throw EngineException.internal("committing container " + id + ": " + e.getMessage(), e);
        }
    }
}
