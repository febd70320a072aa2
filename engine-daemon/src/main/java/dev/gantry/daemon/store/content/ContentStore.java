package dev.gantry.daemon.store.content;

import dev.gantry.daemon.store.metadata.DurableFile;
import dev.gantry.daemon.type.EngineException;
import dev.gantry.registry.Digest;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import java.util.UUID;

/**
 * Keeps blobs under the hash of their content, in {@code blobs/<algorithm>/<hex>}. A blob that is there is whole and was
 * verified; one that is on its way lies in {@code ingest/} until {@link Ingest#commit}, and its beginning stays for a
 * later try. Thread-safe.
 */
public final class ContentStore {

    private final Path blobs;
    private final Path ingests;
    private final Clock clock;
    private final Pins pins = new Pins();
    private final Set<Digest> ingesting = new HashSet<>();

    private ContentStore(Path root, Clock clock) {
        this.blobs = root.resolve("blobs");
        this.ingests = root.resolve("ingest");
        this.clock = clock;
    }

    /** Opens a store in a directory, made when missing. */
    public static ContentStore open(Path root, Clock clock) {
        ContentStore store = new ContentStore(root, clock);
        try {
            Files.createDirectories(store.blobs.resolve("sha256"));
            Files.createDirectories(store.blobs.resolve("sha512"));
            Files.createDirectories(store.ingests);
        } catch (IOException e) {
            throw EngineException.internal("Cannot open the content store in " + root + ": " + e.getMessage(), e);
        }
        return store;
    }

    public boolean contains(Digest digest) {
        return Files.isRegularFile(path(digest));
    }

    /** Where the blob lies or would lie. Its content never changes. */
    public Path path(Digest digest) {
        return blobs.resolve(digest.algorithm()).resolve(digest.hex());
    }

    /**
     * Bytes of a blob.
     *
     * @throws EngineException NOT_FOUND
     */
    public long size(Digest digest) {
        try {
            return Files.size(path(digest));
        } catch (NoSuchFileException e) {
            throw missing(digest);
        } catch (IOException e) {
            throw EngineException.internal("Cannot look at the blob " + digest + ": " + e.getMessage(), e);
        }
    }

    /**
     * Opens a blob for reading. The caller closes the stream.
     *
     * @throws EngineException NOT_FOUND
     */
    public InputStream open(Digest digest) {
        try {
            return Files.newInputStream(path(digest));
        } catch (NoSuchFileException e) {
            throw missing(digest);
        } catch (IOException e) {
            throw EngineException.internal("Cannot read the blob " + digest + ": " + e.getMessage(), e);
        }
    }

    /**
     * Reads a small blob, such as a manifest or a configuration.
     *
     * @param limit bytes it may have at most
     * @throws EngineException NOT_FOUND, or INVALID when it is larger
     */
    public byte[] read(Digest digest, int limit) {
        long size = size(digest);
        if (size > limit) {
            throw EngineException.invalid("The blob " + digest + " has " + size + " bytes, more than " + limit);
        }
        try (InputStream stream = open(digest)) {
            return stream.readNBytes(limit);
        } catch (IOException e) {
            throw EngineException.internal("Cannot read the blob " + digest + ": " + e.getMessage(), e);
        }
    }

    /** Stores a small blob under its SHA-256. */
    public Digest put(byte[] content) {
        Digest digest = Digest.sha256(content);
        if (!contains(digest)) {
            DurableFile.write(path(digest), content);
        }
        return digest;
    }

    /**
     * Begins or takes up the storing of a blob.
     *
     * @param expected what its content must hash to
     * @param expectedSize bytes it must have, when known
     * @throws EngineException CONFLICT when the same blob is being stored at this moment
     */
    public Ingest ingest(Digest expected, OptionalLong expectedSize) {
        synchronized (ingesting) {
            if (!ingesting.add(expected)) {
                throw EngineException.conflict("The blob " + expected + " is being stored already");
            }
        }
        try {
            Path partial = ingests.resolve(expected.algorithm() + "-" + expected.hex());
            return Ingest.open(partial, path(expected), expected, expectedSize, () -> ended(expected));
        } catch (IOException e) {
            ended(expected);
            throw EngineException.internal("Cannot begin to store the blob " + expected + ": " + e.getMessage(), e);
        }
    }

    /** Begins to store a blob whose digest is not known before all of it has come. The caller closes the result. */
    public Spool spool() {
        try {
            return new Spool(ingests.resolve("spool-" + UUID.randomUUID()), this::path);
        } catch (IOException e) {
            throw EngineException.internal("Cannot begin to store a blob: " + e.getMessage(), e);
        }
    }

    private void ended(Digest digest) {
        synchronized (ingesting) {
            ingesting.remove(digest);
        }
    }

    /** Keeps blobs, present or coming, from {@link #remove} until the pin is closed. */
    public Pin pin(Collection<Digest> digests) {
        return pins.pin(digests);
    }

    /** Removes a blob unless it is pinned. Returns whether it was there and is gone. */
    public boolean remove(Digest digest) {
        return pins.unlessPinned(digest, () -> DurableFile.delete(path(digest)));
    }

    /** All blobs. */
    public List<Digest> list() {
        List<Digest> found = new ArrayList<>();
        for (String algorithm : List.of("sha256", "sha512")) {
            try (DirectoryStream<Path> files = Files.newDirectoryStream(blobs.resolve(algorithm))) {
                for (Path file : files) {
                    String name = String.valueOf(file.getFileName());
                    if (!name.endsWith(DurableFile.TEMPORARY_SUFFIX)) {
                        found.add(new Digest(algorithm, name));
                    }
                }
            } catch (IOException e) {
                throw EngineException.internal("Cannot list the blobs in " + blobs + ": " + e.getMessage(), e);
            }
        }
        return found;
    }

    /**
     * Deletes the beginnings of blobs that nobody has added to for a while, and what crashed writes left.
     *
     * @return number of files deleted
     */
    public int sweep(Duration unusedFor) {
        Instant limit = clock.instant().minus(unusedFor);
        int swept = 0;
        try {
            try (DirectoryStream<Path> files = Files.newDirectoryStream(ingests)) {
                for (Path file : files) {
                    swept += sweepIngest(file, limit) ? 1 : 0;
                }
            }
            for (String algorithm : List.of("sha256", "sha512")) {
                swept += sweepTemporaries(blobs.resolve(algorithm), limit);
            }
        } catch (IOException e) {
            throw EngineException.internal("Cannot sweep the content store: " + e.getMessage(), e);
        }
        return swept;
    }

    private boolean sweepIngest(Path file, Instant limit) throws IOException {
        synchronized (ingesting) {
            String name = String.valueOf(file.getFileName());
            boolean used = ingesting.stream().anyMatch(d -> name.equals(d.algorithm() + "-" + d.hex()));
            return !used && isOlder(file, limit) && Files.deleteIfExists(file);
        }
    }

    private static int sweepTemporaries(Path directory, Instant limit) throws IOException {
        int swept = 0;
        try (DirectoryStream<Path> files = Files.newDirectoryStream(directory, "*" + DurableFile.TEMPORARY_SUFFIX)) {
            for (Path file : files) {
                swept += isOlder(file, limit) && Files.deleteIfExists(file) ? 1 : 0;
            }
        }
        return swept;
    }

    private static boolean isOlder(Path file, Instant limit) throws IOException {
        return !Files.getLastModifiedTime(file).toInstant().isAfter(limit);
    }

    private static EngineException missing(Digest digest) {
        return EngineException.notFound("No such blob: " + digest);
    }
}
