package dev.gantry.daemon.linux.process;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;

/**
 * What the kernel counts of one network interface.
 *
 * @param receivedBytes in
 * @param sentBytes out
 */
public record InterfaceCounters(
        long receivedBytes,
        long receivedPackets,
        long receiveErrors,
        long receiveDrops,
        long sentBytes,
        long sentPackets,
        long sendErrors,
        long sendDrops) {

    private static final int COLUMNS = 16;

    /** Reads those of a process's network namespace by name, without the loopback; none where it has ended. */
    public static Map<String, InterfaceCounters> of(int pid) {
        try {
            byte[] bytes = Files.readAllBytes(Path.of("/proc", Integer.toString(pid), "net", "dev"));
            return parse(new String(bytes, StandardCharsets.ISO_8859_1));
        } catch (IOException ended) {
            return Map.of();
        }
    }

    /** Two lines of titles, then {@code name: received… sent…}. */
    static Map<String, InterfaceCounters> parse(String table) {
        Map<String, InterfaceCounters> counters = new TreeMap<>();
        for (String line : table.split("\n", -1)) {
            int colon = line.lastIndexOf(':');
            String[] columns = colon < 0
                    ? new String[0]
                    : line.substring(colon + 1).strip().split("\\s+", -1);
            if (columns.length < COLUMNS) {
                continue;
            }
            String name = line.substring(0, colon).strip();
            if (!name.equals("lo")) {
                counters.put(name, of(columns));
            }
        }
        return counters;
    }

    private static InterfaceCounters of(String[] columns) {
        return new InterfaceCounters(
                Long.parseUnsignedLong(columns[0]),
                Long.parseUnsignedLong(columns[1]),
                Long.parseUnsignedLong(columns[2]),
                Long.parseUnsignedLong(columns[3]),
                Long.parseUnsignedLong(columns[8]),
                Long.parseUnsignedLong(columns[9]),
                Long.parseUnsignedLong(columns[10]),
                Long.parseUnsignedLong(columns[11]));
    }
}
