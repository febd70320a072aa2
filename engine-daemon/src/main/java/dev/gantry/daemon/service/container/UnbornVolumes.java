package dev.gantry.daemon.service.container;

import dev.gantry.daemon.type.ContainerId;
import dev.gantry.daemon.type.EngineException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;

/**
 * Remembers, in a container's home, the anonymous volumes made for it until the container is on record, which then knows
 * them itself. A container that a crash kept from that leaves its list, and so its volumes can be taken away.
 */
final class UnbornVolumes {

    private final ContainerDirectories directories;

    UnbornVolumes(ContainerDirectories directories) {
        this.directories = directories;
    }

    private Path list(ContainerId id) {
        return directories.home(id).resolve("unborn-volumes");
    }

    /** Remembers a volume that is about to be made. The container's home is there. */
    void note(ContainerId id, String volume) {
        try {
            Files.writeString(list(id), volume + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw EngineException.internal("writing " + list(id) + ": " + e.getMessage(), e);
        }
    }

    /** Forgets the volumes of a container that is on record. */
    void forget(ContainerId id) {
        try {
            Files.deleteIfExists(list(id));
        } catch (IOException e) {
            throw EngineException.internal("deleting " + list(id) + ": " + e.getMessage(), e);
        }
    }

    /** The volumes of a container that is not on record. */
    List<String> of(ContainerId id) {
        try {
            return Files.exists(list(id)) ? Files.readAllLines(list(id)) : List.of();
        } catch (IOException e) {
            throw EngineException.internal("reading " + list(id) + ": " + e.getMessage(), e);
        }
    }
}
