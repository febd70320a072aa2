package dev.gantry.daemon.service.container;

import dev.gantry.daemon.type.ContainerId;
import dev.gantry.daemon.type.EngineException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

/**
 * Where a container's files lie on the host.
 *
 * @param dataRoot what outlives a boot
 * @param execRoot what does not
 */
public record ContainerDirectories(Path dataRoot, Path execRoot) {

    private static final String CONTAINERS = "containers";
    private static final String LOG = "output.log";

    /** What belongs to the container for as long as it exists. */
    public Path home(ContainerId id) {
        return dataRoot.resolve(CONTAINERS).resolve(id.value());
    }

    /** The OCI bundle. */
    public Path bundle(ContainerId id) {
        return execRoot.resolve(CONTAINERS).resolve(id.value());
    }

    /** All that the container has written to its output streams. */
    public Path log(ContainerId id) {
        return home(id).resolve(LOG);
    }

    /** How far the container's output was sent to another system. */
    Path shipped(ContainerId id) {
        return home(id).resolve("shipped");
    }

    /** The directory of all containers' homes. */
    public Path homes() {
        return dataRoot.resolve(CONTAINERS);
    }

    /** The directory of all containers' bundles. */
    public Path bundles() {
        return execRoot.resolve(CONTAINERS);
    }

    EtcFiles etc(ContainerId id) {
        return new EtcFiles(home(id));
    }

    static void make(Path directory) {
        try {
            Files.createDirectories(
                    directory, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx--x---")));
        } catch (IOException e) {
            throw EngineException.internal("making the directory " + directory + ": " + e.getMessage(), e);
        }
    }
}
