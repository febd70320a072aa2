package dev.gantry.daemon.linux.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * What the kernel says of a process in {@code /proc/<pid>/stat}.
 *
 * @param state one letter, as in ps
 * @param parent the process that is told of its end
 * @param session the number of the session it belongs to; not given to another while one of its processes lives
 * @param startTime clock ticks since boot; with the pid it names one process for as long as the machine runs
 */
public record ProcessStat(char state, int parent, int session, long startTime) {

    private static final int PARENT_AFTER_NAME = 1;
    private static final int SESSION_AFTER_NAME = 3;
    private static final int START_TIME_AFTER_NAME = 19;

    /** Reads it; empty where there is no such process. */
    public static Optional<ProcessStat> read(int pid) {
        try {
            byte[] bytes = Files.readAllBytes(Path.of("/proc", Integer.toString(pid), "stat"));
            return Optional.of(parse(new String(bytes, StandardCharsets.ISO_8859_1)));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (IOException e) {
            if (Files.notExists(Path.of("/proc", Integer.toString(pid)))) {
                // the process ended between open and read: ESRCH
                return Optional.empty();
            }
            throw new UncheckedIOException("Cannot read the state of process " + pid, e);
        }
    }

    /** The name in parentheses may hold anything, spaces and parentheses too: count from the last one. */
    static ProcessStat parse(String line) {
        String[] fields = line.substring(line.lastIndexOf(')') + 2).split(" ", START_TIME_AFTER_NAME + 2);
        return new ProcessStat(
                fields[0].charAt(0),
                Integer.parseInt(fields[PARENT_AFTER_NAME]),
                Integer.parseInt(fields[SESSION_AFTER_NAME]),
                Long.parseLong(fields[START_TIME_AFTER_NAME].strip()));
    }

    /** The file of the program that a process runs; empty where it has ended. */
    public static Optional<Path> program(int pid) {
        try {
            return Optional.of(Files.readSymbolicLink(Path.of("/proc", Integer.toString(pid), "exe")));
        } catch (IOException ended) {
            return Optional.empty();
        }
    }

    public boolean isZombie() {
        return state == 'Z' || state == 'X';
    }
}
