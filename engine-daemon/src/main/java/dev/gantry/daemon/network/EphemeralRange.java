package dev.gantry.daemon.network;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The ports the kernel and the engine choose from when nobody asks for a certain one.
 *
 * @param first inclusive
 * @param last inclusive
 */
record EphemeralRange(int first, int last) {

    private static final Path SETTING = Path.of("/proc/sys/net/ipv4/ip_local_port_range");

    /** The kernel's setting. */
    static EphemeralRange ofKernel() {
        try {
            String[] limits = Files.readString(SETTING).strip().split("\\s+", -1);
            return new EphemeralRange(Integer.parseInt(limits[0]), Integer.parseInt(limits[1]));
        } catch (IOException e) {
            throw new UncheckedIOException("Tried to read the range of ephemeral ports from " + SETTING, e);
        }
    }

    int size() {
        return last - first + 1;
    }
}
