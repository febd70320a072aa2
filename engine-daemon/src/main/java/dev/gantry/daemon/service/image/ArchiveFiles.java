package dev.gantry.daemon.service.image;

import dev.gantry.daemon.store.content.ContentStore;
import dev.gantry.daemon.store.content.Spool;
import dev.gantry.daemon.type.EngineException;
import dev.gantry.registry.Digest;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The files of an archive of images, spooled as they came, in whatever order. What is not committed goes when it is
 * closed. For one thread at a time; the owner closes it.
 */
final class ArchiveFiles implements AutoCloseable {

    private static final int MAX_ENTRIES = 20_000;
    private static final int MAX_LINKS = 8;
    private static final String BLOBS = "blobs/";

    private final Map<String, Spool> files = new HashMap<>();
    private final Map<String, String> links = new HashMap<>();

    private ArchiveFiles() {}

    /** Spools all files of an archive and reads it to its end. */
    static ArchiveFiles spool(InputStream archive, ContentStore content) throws IOException {
        ArchiveFiles files = new ArchiveFiles();
        try {
            ArchiveReader reader = new ArchiveReader(archive);
            int entries = 0;
            Optional<ArchiveEntry> entry = reader.next();
            while (entry.isPresent()) {
                entries++;
                if (entries > MAX_ENTRIES) {
                    throw EngineException.invalid("The archive has more than " + MAX_ENTRIES + " entries");
                }
                files.take(entry.get(), reader, content);
                entry = reader.next();
            }
            archive.transferTo(OutputStream.nullOutputStream());
            return files;
        } catch (IOException | RuntimeException e) {
            files.close();
            throw e;
        }
    }

    private void take(ArchiveEntry entry, ArchiveReader reader, ContentStore content) throws IOException {
        switch (entry.type()) {
            case FILE -> {
                Spool spool = content.spool();
                Optional.ofNullable(files.put(entry.name(), spool)).ifPresent(Spool::close);
                spool.tee(reader.content()).transferTo(OutputStream.nullOutputStream());
                checkAddress(entry.name(), spool.finish());
            }
            case SYMBOLIC_LINK -> links.put(entry.name(), ArchivePath.follow(entry.name(), entry.target()));
            case HARD_LINK -> links.put(entry.name(), ArchivePath.normal(entry.target()));
            case OTHER -> {}
        }
    }

    /** A blob of an OCI layout must hash to its name. */
    private static void checkAddress(String name, Digest actual) {
        if (name.startsWith(BLOBS + "sha256/") && !name.equals(path(actual))) {
            throw EngineException.invalid("The file " + name + " of the archive hashes to " + actual);
        }
    }

    /** Where an OCI layout keeps a blob. */
    static String path(Digest digest) {
        return BLOBS + digest.algorithm() + "/" + digest.hex();
    }

    boolean contains(String name) {
        return files.containsKey(name);
    }

    /**
     * The file of a name, through links.
     *
     * @throws EngineException of kind invalid where there is none
     */
    Spool file(String name) {
        String path = ArchivePath.normal(name);
        for (int i = 0; i < MAX_LINKS; i++) {
            Spool file = files.get(path);
            if (file != null) {
                return file;
            }
            String target = links.get(path);
            if (target == null) {
                break;
            }
            path = target;
        }
        throw EngineException.invalid("The archive has no file " + name);
    }

    /** A document of the archive as a whole. */
    byte[] document(String name) {
        Spool file = file(name);
        if (file.size() > Documents.MAX_BYTES) {
            throw EngineException.invalid("The file " + name + " of the archive has " + file.size()
                    + " bytes, more than " + Documents.MAX_BYTES);
        }
        try (InputStream stream = file.open()) {
            return stream.readAllBytes();
        } catch (IOException e) {
            throw EngineException.internal("Cannot read what was spooled: " + e.getMessage(), e);
        }
    }

    @Override
    public void close() {
        files.values().forEach(Spool::close);
        files.clear();
    }
}
