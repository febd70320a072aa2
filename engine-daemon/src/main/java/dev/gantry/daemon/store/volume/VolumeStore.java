package dev.gantry.daemon.store.volume;

import dev.gantry.daemon.failpoint.Failpoint;
import dev.gantry.daemon.linux.file.ContainerPath;
import dev.gantry.daemon.linux.file.FileTree;
import dev.gantry.daemon.linux.file.TreeCopy;
import dev.gantry.daemon.store.metadata.DamagedFile;
import dev.gantry.daemon.store.metadata.MetadataStore;
import dev.gantry.daemon.type.EngineException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Executor;
import tools.jackson.databind.json.JsonMapper;

/**
 * Keeps volumes of the local driver: a directory of data and a record each. A volume lives until it is removed by name;
 * who uses it is not known here. Thread-safe.
 *
 * <p>On the disk: {@code data/<name>/_data}, {@code records/<name>.json}, {@code removed/}.
 */
public final class VolumeStore {

    private static final String DATA = "_data";

    private final Path volumes;
    private final Path removed;
    private final Clock clock;
    private final Executor background;
    private final MetadataStore<Volume> records;

    private VolumeStore(Path root, JsonMapper mapper, Clock clock, Executor background) {
        this.volumes = root.resolve("data");
        this.removed = root.resolve("removed");
        this.clock = clock;
        this.background = background;
        this.records = MetadataStore.open(root.resolve("records"), Volume.class, mapper);
    }

    /**
     * Opens a store in a directory, made when missing, and begins to delete what was removed in earlier lives.
     *
     * @param background deletes trees behind the answers
     */
    public static VolumeStore open(Path root, JsonMapper mapper, Clock clock, Executor background) {
        try {
            Files.createDirectories(root);
            VolumeStore store = new VolumeStore(root, mapper, clock, background);
            Files.createDirectories(store.volumes);
            // Users of a container with its own user numbers pass through, but see no names.
            Files.setPosixFilePermissions(store.volumes, PosixFilePermissions.fromString("rwx-----x"));
            Files.createDirectories(store.removed);
            Files.setPosixFilePermissions(store.removed, PosixFilePermissions.fromString("rwx------"));
            store.sweep();
            return store;
        } catch (IOException e) {
            throw EngineException.internal("Cannot open the volumes in " + root + ": " + e.getMessage(), e);
        }
    }

    private void sweep() throws IOException {
        // Data without a record is the user's all the same; only what was removed by name is deleted.
        List<Path> leftovers;
        try (var children = Files.list(removed)) {
            leftovers = children.toList();
        }
        background.execute(() -> leftovers.forEach(FileTree::delete));
        // The record comes before the data and goes after it: without data, a volume was half made or half removed.
        for (Volume volume : list()) {
            if (Files.notExists(path(volume.name()))) {
                records.remove(volume.name());
                FileTree.delete(volumes.resolve(volume.name()));
            }
        }
    }

    /**
     * Makes a volume, or gives the one that has the name.
     *
     * @throws EngineException INVALID for a name that cannot be, CONFLICT when the volume exists with other options
     */
    public Volume create(String name, Map<String, String> labels, Map<String, String> options) {
        VolumeName.check(name);
        synchronized (records) {
            Optional<Volume> present = find(name);
            if (present.isPresent()) {
                if (!options.isEmpty() && !present.get().options().equals(options)) {
                    throw EngineException.conflict("volume " + name + " exists with other options");
                }
                return present.get();
            }
            Volume volume = new Volume(name, clock.instant(), labels, options);
            records.put(name, volume);
            Failpoint.VOLUME_RECORD.reach();
            try {
                makeDirectories(name);
            } catch (EngineException e) {
                records.remove(name);
                throw e;
            }
            return volume;
        }
    }

    private void makeDirectories(String name) {
        try {
            Files.createDirectories(volumes.resolve(name));
            Files.setPosixFilePermissions(volumes.resolve(name), PosixFilePermissions.fromString("rwx-----x"));
            if (!Files.exists(path(name))) {
                Files.createDirectory(path(name));
                Files.setPosixFilePermissions(path(name), PosixFilePermissions.fromString("rwxr-xr-x"));
            }
        } catch (IOException e) {
            throw EngineException.internal("Cannot make the volume " + name + ": " + e.getMessage(), e);
        }
    }

    /** The volume of a name. */
    public Optional<Volume> find(String name) {
        return records.get(name);
    }

    /** All volumes, in the order of their names. */
    public List<Volume> list() {
        return records.all();
    }

    /** Records that could not be understood; their data stays where it is. */
    public List<DamagedFile> damaged() {
        return records.damaged();
    }

    /** Where the data of a volume lies or would lie. */
    public Path path(String name) {
        VolumeName.check(name);
        return volumes.resolve(name).resolve(DATA);
    }

    /** Bytes that the data of a volume takes. */
    public long size(String name) {
        return FileTree.size(path(name));
    }

    /**
     * Removes a volume that nobody uses; its data is deleted later.
     *
     * @throws EngineException NOT_FOUND
     */
    public void remove(String name) {
        synchronized (records) {
            if (find(name).isEmpty()) {
                throw EngineException.notFound("get " + name + ": no such volume");
            }
            Path aside = removed.resolve(UUID.randomUUID().toString());
            try {
                Files.move(volumes.resolve(name), aside);
            } catch (NoSuchFileException e) {
                records.remove(name);
                return;
            } catch (IOException e) {
                throw EngineException.internal("Cannot remove the volume " + name + ": " + e.getMessage(), e);
            }
            Failpoint.VOLUME_MOVED.reach();
            records.remove(name);
            background.execute(() -> FileTree.delete(aside));
        }
    }

    /**
     * Fills an empty volume with what an image has at the place where the volume is to be mounted: files with their
     * owners, modes, attributes and times, and the attributes of the directory itself. Does nothing when the volume holds
     * anything, or when the image has no directory there. The path is resolved inside the root.
     *
     * @param root the mounted root file system of a container
     * @param source where in it
     * @return whether it copied
     */
    public boolean copyUp(String name, Path root, ContainerPath source) {
        return TreeCopy.fillEmpty(root, source, path(name));
    }
}
