package dev.gantry.daemon.service.exec;

import dev.gantry.daemon.linux.file.FileTree;
import dev.gantry.daemon.runtime.ExecTrace;
import dev.gantry.daemon.store.metadata.MetadataStore;
import dev.gantry.daemon.type.EngineException;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.json.JsonMapper;

/**
 * What other lives of the daemon are to know of execs: which run, and how detached ones ended. Lives below the exec
 * root, as after a reboot no exec is left. Safe for use by many threads.
 */
public final class ExecRecords {

    private final Path directories;
    private final MetadataStore<Stored> disk;

    private ExecRecords(Path directories, MetadataStore<Stored> disk) {
        this.directories = directories;
        this.disk = disk;
    }

    /** Opens them, and makes their place where there is none. */
    public static ExecRecords open(Path place, JsonMapper mapper) {
        Path directories = place.resolve("monitors");
        try {
            Files.createDirectories(directories);
        } catch (IOException e) {
            throw EngineException.internal("making " + directories, e);
        }
        return new ExecRecords(directories, MetadataStore.open(place.resolve("records"), Stored.class, mapper));
    }

    /**
     * An exec as it is written down.
     *
     * @param record as it stands
     * @param trace where it runs; absent once it has ended
     */
    record Stored(ExecRecord record, Optional<ExecTrace> trace) {}

    List<Stored> all() {
        return disk.all();
    }

    void put(ExecRecord record, Optional<ExecTrace> trace) {
        disk.put(record.id(), new Stored(record, trace));
    }

    /** Forgets one, with what its monitor left. */
    void remove(String id) {
        disk.remove(id);
        FileTree.delete(directory(id));
    }

    /** Makes the directory of a monitor. */
    Path makeDirectory(String id) {
        try {
            return Files.createDirectory(directory(id));
        } catch (IOException e) {
            throw EngineException.internal("making " + directory(id), e);
        }
    }

    /** Takes away what a monitor that has ended left. */
    void removeDirectory(String id) {
        FileTree.delete(directory(id));
    }

    /** Directories of monitors that no record speaks of: a start was cut short there. */
    List<Path> strays() {
        List<Path> strays = new ArrayList<>();
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(directories)) {
            for (Path entry : entries) {
                if (disk.get(String.valueOf(entry.getFileName())).isEmpty()) {
                    strays.add(entry);
                }
            }
        } catch (IOException e) {
            throw EngineException.internal("listing " + directories, e);
        }
        return strays;
    }

    private Path directory(String id) {
        return directories.resolve(id);
    }
}
