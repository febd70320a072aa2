package dev.gantry.daemon.linux.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/**
 * The processors of the host.
 *
 * @param time of all of them together since the boot, idle or not
 * @param online how many there are
 */
public record HostProcessors(Duration time, int online) {

    private static final Path STAT = Path.of("/proc/stat");
    private static final long MILLIS_PER_TICK = 10;
    /** What follows, time of guests, is counted in the first already. */
    private static final int KINDS = 8;

    public static HostProcessors now() {
        try {
            return parse(new String(Files.readAllBytes(STAT), StandardCharsets.ISO_8859_1));
        } catch (IOException e) {
            throw new UncheckedIOException("Reading " + STAT, e);
        }
    }

    static HostProcessors parse(String stat) {
        long ticks = 0;
        int online = 0;
        for (String line : stat.split("\n", -1)) {
            if (!line.startsWith("cpu")) {
                break;
            }
            if (line.charAt(3) != ' ') {
                online++;
                continue;
            }
            String[] fields = line.substring(3).strip().split(" ", KINDS + 1);
            for (int i = 0; i < Math.min(KINDS, fields.length); i++) {
                ticks += Long.parseLong(fields[i]);
            }
        }
        return new HostProcessors(Duration.ofMillis(ticks * MILLIS_PER_TICK), online);
    }
}
