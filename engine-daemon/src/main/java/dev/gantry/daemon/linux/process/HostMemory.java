package dev.gantry.daemon.linux.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The memory of the host. */
public final class HostMemory {

    private static final Path MEMINFO = Path.of("/proc/meminfo");
    private static final long KIB = 1024;

    private HostMemory() {}

    /** All of it, in bytes. */
    public static long total() {
        try {
            return Files.readAllLines(MEMINFO).stream()
                    .filter(line -> line.startsWith("MemTotal:"))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")) * KIB)
                    .findFirst()
                    .orElse(0);
        } catch (IOException e) {
            throw new UncheckedIOException("Reading " + MEMINFO, e);
        }
    }
}
