package dev.gantry.daemon.runtime.monitor;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Finds and reads the kernel's count of processes it killed in a cgroup for want of memory, in both cgroup versions. */
final class OomCounter {

    private static final Path CGROUPS = Path.of("/sys/fs/cgroup");
    private static final String KILLS = "oom_kill ";

    private OomCounter() {}

    /** The file that counts for the cgroup of a process. */
    static Optional<Path> of(int pid) {
        try {
            List<String> lines = Files.readAllLines(Path.of("/proc", Integer.toString(pid), "cgroup"));
            Optional<String> memory = path(lines, "memory");
            return memory.map(path -> CGROUPS.resolve("memory" + path).resolve("memory.oom_control"))
                    .or(() -> path(lines, "").map(path -> Path.of(CGROUPS + path, "memory.events")));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot read the cgroup of process " + pid, e);
        }
    }

    /** Lines are {@code id:controllers:path}; version 2 has no controllers. */
    private static Optional<String> path(List<String> lines, String controller) {
        return lines.stream()
                .map(line -> line.split(":", 3))
                .filter(fields -> List.of(fields[1].split(",")).contains(controller))
                .map(fields -> fields[2])
                .findFirst();
    }

    /** Whether the count is above zero; false where the cgroup is gone. */
    static boolean killed(Path counter) {
        try {
            return Files.readAllLines(counter).stream()
                    .anyMatch(line -> line.startsWith(KILLS) && !line.equals(KILLS + "0"));
        } catch (NoSuchFileException e) {
            return false;
        } catch (IOException e) {
            if (Files.notExists(counter)) {
                // the cgroup went between open and read: ENODEV
                return false;
            }
            throw new UncheckedIOException("Cannot read " + counter, e);
        }
    }
}
