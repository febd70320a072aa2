package dev.gantry.daemon.failpoint;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/** The points to die at, as a file says that a test writes while the daemon runs. Safe for use by many threads. */
final class FailpointPlan {

    private static final String CRASH = ":crash@";

    private final Path file;
    private final Map<String, Integer> reached = new HashMap<>();
    private String text = "";

    FailpointPlan(Path file) {
        this.file = file;
    }

    /** Counts that a point is reached; whether it is the time to die. */
    synchronized boolean says(String point) {
        String now = read();
        if (!now.equals(text)) {
            text = now;
            reached.clear();
        }
        int count = reached.merge(point, 1, Integer::sum);
        return now.lines().anyMatch(line -> line.equals(point + CRASH + count));
    }

    private String read() {
        try {
            return Files.readString(file);
        } catch (NoSuchFileException nothingPlanned) {
            return "";
        } catch (IOException e) {
            throw new UncheckedIOException("Reading the plan of failpoints " + file, e);
        }
    }
}
