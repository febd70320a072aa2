package dev.gantry.daemon.service.container;

import dev.gantry.daemon.type.EngineException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The name of the host. */
final class HostName {

    private static final Path KERNEL = Path.of("/proc/sys/kernel/hostname");

    private HostName() {}

    static String ofThisHost() {
        try {
            return Files.readAllLines(KERNEL).get(0).strip();
        } catch (IOException e) {
            throw EngineException.internal("reading the host's name: " + e.getMessage(), e);
        }
    }
}
