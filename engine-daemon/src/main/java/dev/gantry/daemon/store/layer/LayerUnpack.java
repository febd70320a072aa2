package dev.gantry.daemon.store.layer;

import dev.gantry.daemon.linux.Errno;
import dev.gantry.daemon.linux.LinuxException;
import dev.gantry.daemon.linux.file.ContainerPath;
import dev.gantry.daemon.linux.file.FileTree;
import dev.gantry.daemon.linux.file.RootDirectory;
import dev.gantry.daemon.type.EngineException;
import dev.gantry.registry.Digest;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Unpacks one layer aside: {@link #unpack}, then {@link #publish} makes it appear whole. Closing without publishing
 * deletes what was written. Several may run at once; each is for one thread at a time.
 */
public final class LayerUnpack implements AutoCloseable {

    private final LayerStore store;
    private final UnpackLimits limits;
    private final Path directory;
    private final Path files;
    private List<ContainerPath> implicit = List.of();
    private Optional<Digest> diffId = Optional.empty();
    private long size;
    private boolean published;

    LayerUnpack(LayerStore store, UnpackLimits limits, Path directory) {
        this.store = store;
        this.limits = limits;
        this.directory = directory;
        this.files = directory.resolve(LayerStore.FILES);
    }

    /**
     * Unpacks an archive, plain or compressed with gzip, zstd, bzip2 or xz, and reads the stream to its very end, so that
     * a tee in front of it has seen every byte. The stream stays open.
     *
     * @return hash of the uncompressed archive
     * @throws EngineException INVALID when the archive is damaged, too large or reaches out of the layer; UNAVAILABLE
     *     when its source fails; INTERNAL when the disk does, for example because it is full
     */
    public Digest unpack(InputStream source) {
        try (RootDirectory root = RootDirectory.open(files);
                LayerWriter writer = new LayerWriter(root);
                ArchiveStream archive = new ArchiveStream(source, limits)) {
            writeEntries(archive, writer);
            writer.finish();
            implicit = writer.implicitDirectories();
            size = writer.size();
            Digest hashed = archive.drain();
            diffId = Optional.of(hashed);
            return hashed;
        } catch (LinuxException e) {
            throw refused(e);
        } catch (java.util.zip.ZipException | java.io.EOFException | IllegalArgumentException e) {
            throw new EngineException(
                    EngineException.Kind.INVALID, "The archive of the layer is damaged: " + e.getMessage(), e);
        } catch (IOException e) {
            throw new EngineException(
                    EngineException.Kind.UNAVAILABLE, "Cannot read the archive of the layer: " + e.getMessage(), e);
        }
    }

    private void writeEntries(ArchiveStream archive, LayerWriter writer) throws IOException {
        TarReader reader = new TarReader(archive);
        long entries = 0;
        Optional<TarEntry> entry = reader.next();
        while (entry.isPresent()) {
            if (++entries > limits.entries()) {
                throw EngineException.invalid("The layer has more than the " + limits.entries() + " entries allowed");
            }
            writer.write(entry.get(), reader, archive);
            entry = reader.next();
        }
    }

    private static EngineException refused(LinuxException e) {
        String message = "Cannot unpack the layer: " + e.getMessage();
        return switch (e.errno()) {
            case Errno.ENOTDIR, Errno.ELOOP, Errno.EEXIST, Errno.EISDIR, Errno.EINVAL, Errno.ENOENT ->
                new EngineException(EngineException.Kind.INVALID, message, e);
            default -> EngineException.internal(message, e);
        };
    }

    /**
     * Makes the layer appear, in one step that survives a crash. When it is there already, what was unpacked is thrown
     * away.
     *
     * @param expected the hash the image promises
     * @param below the layers it stands on, lowest first, all published: directories that the archive took for granted
     *     get their owner, mode and times from there
     * @throws EngineException INVALID when the hash differs
     */
    public Layer publish(Digest expected, List<Digest> below) {
        Digest actual = diffId.orElseThrow(() -> new IllegalStateException("Nothing was unpacked"));
        if (!actual.equals(expected)) {
            throw EngineException.invalid(
                    "The layer unpacks to " + actual + " instead of " + expected + ", which its image promises");
        }
        try {
            ImplicitDirectories.fix(files, implicit, store.paths(below));
            Layer layer = store.publish(actual, size, directory);
            published = true;
            return layer;
        } catch (LinuxException e) {
            throw EngineException.internal("Cannot publish the layer " + actual + ": " + e.getMessage(), e);
        }
    }

    @Override
    public void close() {
        if (!published) {
            FileTree.delete(directory);
        }
    }
}
