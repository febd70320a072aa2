package dev.gantry.daemon.store.layer;

import dev.gantry.daemon.failpoint.Failpoint;
import dev.gantry.daemon.linux.Fd;
import dev.gantry.daemon.linux.file.FileCalls;
import dev.gantry.daemon.linux.file.FileTree;
import dev.gantry.daemon.store.metadata.DamagedFile;
import dev.gantry.daemon.store.metadata.DurableFile;
import dev.gantry.daemon.store.metadata.MetadataStore;
import dev.gantry.daemon.type.EngineException;
import dev.gantry.registry.Digest;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Executor;
import tools.jackson.databind.json.JsonMapper;

/**
 * Keeps unpacked layers by the hash of their uncompressed archive. A layer that is there is whole: it is unpacked aside
 * and renamed into place after its files are on the disk. Each has a short name, a link, for the options of overlay
 * mounts. Thread-safe.
 *
 * <p>On the disk: {@code layers/<hex>/files}, {@code records/<hex>.json}, {@code l/<number>} links, {@code unpacking/} and
 * {@code removed/} for what is on its way in and out.
 */
public final class LayerStore {

    static final String FILES = "files";

    private final Path layers;
    private final Path links;
    private final Path unpacking;
    private final Path removed;
    private final UnpackLimits limits;
    private final Executor background;
    private final MetadataStore<Layer> records;

    private LayerStore(Path root, UnpackLimits limits, JsonMapper mapper, Executor background) {
        this.layers = root.resolve("layers");
        this.links = root.resolve("l");
        this.unpacking = root.resolve("unpacking");
        this.removed = root.resolve("removed");
        this.limits = limits;
        this.background = background;
        this.records = MetadataStore.open(root.resolve("records"), Layer.class, mapper);
    }

    /**
     * Opens a store in a directory, made when missing, and begins to delete what earlier lives left unfinished.
     *
     * @param background deletes trees behind the answers
     */
    public static LayerStore open(Path root, UnpackLimits limits, JsonMapper mapper, Executor background) {
        try {
            Files.createDirectories(root);
            LayerStore store = new LayerStore(root, limits, mapper, background);
            for (Path directory : List.of(store.layers, store.links, store.unpacking, store.removed)) {
                Files.createDirectories(directory);
                Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwx------"));
            }
            store.sweep();
            return store;
        } catch (IOException e) {
            throw EngineException.internal("Cannot open the layers in " + root + ": " + e.getMessage(), e);
        }
    }

    private void sweep() throws IOException {
        for (Path leftover : children(unpacking)) {
            Path aside = removed.resolve(UUID.randomUUID().toString());
            Files.move(leftover, aside);
        }
        for (Path layer : children(layers)) {
            if (records.get(String.valueOf(layer.getFileName())).isEmpty()) {
                Files.move(layer, removed.resolve(UUID.randomUUID().toString()));
            }
        }
        for (Layer layer : records.all()) {
            if (Files.isDirectory(path(layer.diffId()))) {
                ensureLink(layer);
            } else {
                records.remove(layer.diffId().hex());
            }
        }
        for (Path link : children(links)) {
            if (!Files.exists(link)) {
                Files.delete(link);
            }
        }
        background.execute(this::deleteRemoved);
    }

    private void deleteRemoved() {
        try {
            children(removed).forEach(FileTree::delete);
        } catch (IOException e) {
            throw EngineException.internal("Cannot delete removed layers: " + e.getMessage(), e);
        }
    }

    private static List<Path> children(Path directory) throws IOException {
        List<Path> found = new ArrayList<>();
        try (DirectoryStream<Path> stream = Files.newDirectoryStream(directory)) {
            stream.forEach(found::add);
        }
        return found;
    }

    /** Begins to unpack a layer aside. The caller closes the result. */
    public LayerUnpack begin() {
        Path directory = unpacking.resolve(UUID.randomUUID().toString());
        try {
            Files.createDirectories(directory.resolve(FILES));
            Files.setPosixFilePermissions(directory.resolve(FILES), PosixFilePermissions.fromString("rwxr-xr-x"));
        } catch (IOException e) {
            throw EngineException.internal("Cannot begin to unpack a layer: " + e.getMessage(), e);
        }
        return new LayerUnpack(this, limits, directory);
    }

    /** Called by an unpack that has finished. */
    Layer publish(Digest diffId, long size, Path unpacked) {
        // Outside the lock, as it waits for the disk: the record must not survive a crash that the files do not.
        try (Fd directory = FileCalls.openDirectory(unpacked)) {
            FileCalls.syncfs(directory);
        }
        synchronized (records) {
            Optional<Layer> present = find(diffId);
            if (present.isPresent()) {
                FileTree.delete(unpacked);
                return present.get();
            }
            Failpoint.LAYER_UNPACKED.reach();
            DurableFile.move(unpacked, layers.resolve(diffId.hex()));
            Failpoint.LAYER_MOVED.reach();
            long link = 1 + records.all().stream().mapToLong(Layer::link).max().orElse(0);
            Layer layer = new Layer(diffId, size, link);
            try {
                ensureLink(layer);
            } catch (IOException e) {
                throw EngineException.internal("Cannot link the layer " + diffId + ": " + e.getMessage(), e);
            }
            records.put(diffId.hex(), layer);
            return layer;
        }
    }

    private void ensureLink(Layer layer) throws IOException {
        Path link = links.resolve(Long.toString(layer.link(), Character.MAX_RADIX));
        Path target = Path.of("..", "layers", layer.diffId().hex(), FILES);
        if (Files.isSymbolicLink(link) && Files.readSymbolicLink(link).equals(target)) {
            return;
        }
        Files.deleteIfExists(link);
        Files.createSymbolicLink(link, target);
    }

    /** The layer of a hash. */
    public Optional<Layer> find(Digest diffId) {
        return records.get(diffId.hex()).filter(layer -> layer.diffId().equals(diffId));
    }

    public boolean contains(Digest diffId) {
        return find(diffId).isPresent();
    }

    /**
     * Bytes of a layer's files.
     *
     * @throws EngineException NOT_FOUND
     */
    public long size(Digest diffId) {
        return require(diffId).size();
    }

    /** Where the files of a layer lie or would lie. */
    public Path path(Digest diffId) {
        return layers.resolve(diffId.hex()).resolve(FILES);
    }

    /**
     * A short name of the directory with the files, for overlay mounts.
     *
     * @throws EngineException NOT_FOUND
     */
    public Path shortPath(Digest diffId) {
        return links.resolve(Long.toString(require(diffId).link(), Character.MAX_RADIX));
    }

    /** The directory that holds all short names. */
    public Path shortPaths() {
        return links;
    }

    List<Path> paths(List<Digest> diffIds) {
        return diffIds.stream().map(diffId -> path(require(diffId).diffId())).toList();
    }

    private Layer require(Digest diffId) {
        return find(diffId).orElseThrow(() -> EngineException.notFound("No such layer: " + diffId));
    }

    /** All layers. */
    public List<Layer> list() {
        return records.all();
    }

    /** Records that could not be understood; their layers were removed. */
    public List<DamagedFile> damaged() {
        return records.damaged();
    }

    /** Removes a layer that no snapshot uses; its files are deleted later. Returns whether it was there. */
    public boolean remove(Digest diffId) {
        synchronized (records) {
            Optional<Layer> present = find(diffId);
            if (present.isEmpty()) {
                return false;
            }
            Path aside = removed.resolve(UUID.randomUUID().toString());
            try {
                records.remove(diffId.hex());
                Files.deleteIfExists(links.resolve(Long.toString(present.get().link(), Character.MAX_RADIX)));
                Files.move(layers.resolve(diffId.hex()), aside);
            } catch (NoSuchFileException e) {
                return true;
            } catch (IOException e) {
                throw EngineException.internal("Cannot remove the layer " + diffId + ": " + e.getMessage(), e);
            }
            background.execute(() -> FileTree.delete(aside));
            return true;
        }
    }
}
