package dev.gantry.daemon.store.snapshot;

import dev.gantry.daemon.failpoint.Failpoint;
import dev.gantry.daemon.linux.Errno;
import dev.gantry.daemon.linux.Fd;
import dev.gantry.daemon.linux.LinuxException;
import dev.gantry.daemon.linux.file.FileCalls;
import dev.gantry.daemon.linux.file.FileStatus;
import dev.gantry.daemon.linux.file.FileTree;
import dev.gantry.daemon.linux.file.PathBytes;
import dev.gantry.daemon.linux.mount.MountTable;
import dev.gantry.daemon.linux.mount.Mounts;
import dev.gantry.daemon.store.layer.LayerStore;
import dev.gantry.daemon.store.metadata.DamagedFile;
import dev.gantry.daemon.store.metadata.MetadataStore;
import dev.gantry.daemon.type.ContainerId;
import dev.gantry.daemon.type.EngineException;
import dev.gantry.registry.Digest;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Executor;
import tools.jackson.databind.json.JsonMapper;

/**
 * Keeps the root file systems of containers: overlays with a directory of their own on the layers of an image. A snapshot
 * and its changes live until {@link #remove}, a mount until {@link #unmount} or the end of the host. Thread-safe for
 * different containers; the caller keeps two operations on one container apart.
 *
 * <p>On the disk: {@code containers/<id>/{upper,work,merged}}, {@code records/<id>.json}, {@code empty/}, {@code removed/}.
 */
public final class SnapshotStore {

    /** The kernel stacks this many lower directories at most. */
    private static final int LAYERS_MAXIMUM = 500;

    private final Path containers;
    private final Path empty;
    private final Path removed;
    private final LayerStore layers;
    private final Executor background;
    private final MetadataStore<Snapshot> records;
    private final SnapshotLeases leases = new SnapshotLeases();

    private SnapshotStore(Path root, LayerStore layers, JsonMapper mapper, Executor background) {
        this.containers = root.resolve("containers");
        this.empty = root.resolve("empty");
        this.removed = root.resolve("removed");
        this.layers = layers;
        this.background = background;
        this.records = MetadataStore.open(root.resolve("records"), Snapshot.class, mapper);
    }

    /**
     * Opens a store in a directory, made when missing, and begins to delete what was removed in earlier lives.
     *
     * @param background deletes trees behind the answers
     */
    public static SnapshotStore open(Path root, LayerStore layers, JsonMapper mapper, Executor background) {
        try {
            Files.createDirectories(root);
            SnapshotStore store = new SnapshotStore(root, layers, mapper, background);
            for (Path directory : List.of(store.containers, store.empty, store.removed)) {
                Files.createDirectories(directory);
            }
            Files.setPosixFilePermissions(store.removed, PosixFilePermissions.fromString("rwx------"));
            Files.setPosixFilePermissions(store.containers, PosixFilePermissions.fromString("rwx--x---"));
            store.sweep();
            return store;
        } catch (IOException e) {
            throw EngineException.internal("Cannot open the snapshots in " + root + ": " + e.getMessage(), e);
        }
    }

    /**
     * Makes a directory of the engine a mount of its own with shared propagation, so that mounts and unmounts below it
     * reach namespaces that are its slaves. Does nothing when it is one already.
     */
    public static void prepare(Path root) {
        MountTable table = MountTable.read();
        if (!table.isMountPoint(root)) {
            Mounts.bind(root, root);
        } else if (table.at(root).orElseThrow().isShared()) {
            return;
        }
        Mounts.makeShared(root);
    }

    private void sweep() throws IOException {
        try (DirectoryStream<Path> stream = Files.newDirectoryStream(containers)) {
            for (Path directory : stream) {
                String name = String.valueOf(directory.getFileName());
                // Made or removed only in part when the daemon died, and mounted nowhere.
                if (records.get(name).isEmpty() && !records.isDamaged(name)) {
                    Mounts.unmountIfMounted(directory.resolve("merged"));
                    Files.move(directory, removed.resolve(UUID.randomUUID().toString()));
                }
            }
        }
        List<Path> leftovers = new ArrayList<>();
        try (DirectoryStream<Path> stream = Files.newDirectoryStream(removed)) {
            stream.forEach(leftovers::add);
        }
        background.execute(() -> leftovers.forEach(FileTree::delete));
    }

    /**
     * Makes an empty snapshot on layers.
     *
     * @param diffIds the layers, lowest first; none for an empty root
     * @throws EngineException CONFLICT when the container has one, NOT_FOUND when a layer is missing, INVALID when there
     *     are too many layers
     */
    public Snapshot create(ContainerId id, List<Digest> diffIds) {
        if (find(id).isPresent()) {
            throw EngineException.conflict("The container " + id.shortForm() + " has a root file system already");
        }
        if (diffIds.size() > LAYERS_MAXIMUM) {
            throw EngineException.invalid(
                    "The image has " + diffIds.size() + " layers, a root file system takes " + LAYERS_MAXIMUM);
        }
        diffIds.forEach(layers::shortPath);
        Path directory = directory(id);
        try {
            Files.createDirectory(directory);
            Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwx--x---"));
            for (String name : List.of("upper", "work", "merged")) {
                Files.createDirectory(directory.resolve(name));
                Files.setPosixFilePermissions(directory.resolve(name), PosixFilePermissions.fromString("rwxr-xr-x"));
            }
        } catch (IOException e) {
            throw EngineException.internal("Cannot make the root file system of " + id.shortForm() + ": " + e, e);
        }
        Snapshot snapshot = new Snapshot(id, diffIds);
        Failpoint.SNAPSHOT_DIRECTORY.reach();
        records.put(id.value(), snapshot);
        return snapshot;
    }

    /** The snapshot of a container. */
    public Optional<Snapshot> find(ContainerId id) {
        return records.get(id.value());
    }

    /** All snapshots. */
    public List<Snapshot> list() {
        return records.all();
    }

    /**
     * The layers of each root file system, lowest first: of those that are on record, be their containers' records readable
     * or not, and of those that were removed while somebody looks into them.
     */
    public Collection<List<Digest>> stacks() {
        List<List<Digest>> stacks = new ArrayList<>(leases.stacks());
        records.all().forEach(snapshot -> stacks.add(snapshot.layers()));
        return stacks;
    }

    /** Records that could not be understood. */
    public List<DamagedFile> damaged() {
        return records.damaged();
    }

    /**
     * Mounts the root file system, unless it is mounted.
     *
     * @return where it is mounted
     * @throws EngineException NOT_FOUND without a snapshot or a layer
     */
    public Path mount(ContainerId id) {
        Snapshot snapshot = require(id);
        return leases.mount(id, () -> mount(snapshot));
    }

    /**
     * Mounts the root file system, unless it is mounted, and keeps it so for somebody who looks into it. Its container can
     * be started, ended and removed meanwhile. The caller closes the result.
     *
     * @throws EngineException NOT_FOUND without a snapshot or a layer
     */
    public SnapshotLease lease(ContainerId id) {
        Snapshot snapshot = require(id);
        return leases.lease(
                snapshot,
                () -> isMounted(directory(id), merged(id)),
                () -> mount(snapshot),
                () -> unmountNow(id),
                removedFiles -> background.execute(() -> FileTree.delete(removedFiles)));
    }

    private Snapshot require(ContainerId id) {
        return find(id).orElseThrow(
                        () -> EngineException.notFound("No root file system of container " + id.shortForm()));
    }

    private Path mount(Snapshot snapshot) {
        ContainerId id = snapshot.id();
        Path directory = directory(id);
        Path merged = directory.resolve("merged");
        if (isMounted(directory, merged)) {
            return merged;
        }
        List<Path> lowers = new ArrayList<>();
        for (Digest layer : snapshot.layers()) {
            lowers.add(0, layers.shortPath(layer));
        }
        if (lowers.isEmpty()) {
            lowers.add(empty);
        }
        try {
            mountOverlay(lowers, directory, merged);
        } catch (IllegalArgumentException e) {
            throw new EngineException(EngineException.Kind.INVALID, String.valueOf(e.getMessage()), e);
        } catch (LinuxException e) {
            throw EngineException.internal(
                    "Cannot mount the root file system of " + id.shortForm() + ": " + e.getMessage(), e);
        }
        return merged;
    }

    /** An overlay is a file system of its own; to ask so is cheaper than to read a table of hundreds of mounts. */
    private static boolean isMounted(Path directory, Path merged) {
        Optional<Long> outside = device(directory);
        return outside.isPresent() && !outside.equals(device(merged));
    }

    private static Optional<Long> device(Path path) {
        return FileCalls.status(FileCalls.AT_FDCWD, PathBytes.of(path)).map(FileStatus::device);
    }

    private void mountOverlay(List<Path> lowers, Path directory, Path merged) {
        Path upper = directory.resolve("upper");
        Path work = directory.resolve("work");
        if (Mounts.overlayFits(lowers, upper, work)) {
            Mounts.overlay(lowers, upper, work, merged);
            return;
        }
        // With a long data root many layers fit only when their directory is named by a descriptor.
        try (Fd links = FileCalls.openDirectory(layers.shortPaths())) {
            Path base = Path.of(links.procPath());
            Mounts.overlay(
                    lowers.stream()
                            .map(path -> base.resolve(path.getFileName()))
                            .toList(),
                    upper,
                    work,
                    merged);
        }
    }

    /**
     * Unmounts the root file system, if it is mounted; one that is still in use disappears at once and is freed when its
     * last user ends.
     */
    public void unmount(ContainerId id) {
        leases.unmount(id, () -> unmountNow(id));
    }

    private void unmountNow(ContainerId id) {
        Path merged = merged(id);
        try {
            Mounts.unmountIfMounted(merged);
        } catch (LinuxException e) {
            if (!e.is(Errno.EBUSY)) {
                throw EngineException.internal(
                        "Cannot unmount the root file system of " + id.shortForm() + ": " + e.getMessage(), e);
            }
            Mounts.detach(merged);
        }
    }

    /**
     * Unmounts and removes a snapshot with its changes; they are deleted later, when nobody has a lease. Returns whether it
     * was there.
     */
    public boolean remove(ContainerId id) {
        boolean present = find(id).isPresent();
        leases.remove(id, () -> moveAside(id)).ifPresent(aside -> background.execute(() -> FileTree.delete(aside)));
        return present;
    }

    private Optional<Path> moveAside(ContainerId id) {
        unmountNow(id);
        Path aside = removed.resolve(UUID.randomUUID().toString());
        records.remove(id.value());
        Failpoint.SNAPSHOT_RECORD_REMOVED.reach();
        try {
            Files.move(directory(id), aside);
            return Optional.of(aside);
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (IOException e) {
            throw EngineException.internal("Cannot remove the root file system of " + id.shortForm() + ": " + e, e);
        }
    }

    /** Where the root file system is mounted or would be. */
    public Path merged(ContainerId id) {
        return directory(id).resolve("merged");
    }

    /** The directory with what the container changed, in the form of overlay. */
    public Path upper(ContainerId id) {
        return directory(id).resolve("upper");
    }

    /** Bytes that the container's own files take. */
    public long size(ContainerId id) {
        return FileTree.size(upper(id));
    }

    private Path directory(ContainerId id) {
        return containers.resolve(id.value());
    }
}
