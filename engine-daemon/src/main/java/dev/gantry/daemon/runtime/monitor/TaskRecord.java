package dev.gantry.daemon.runtime.monitor;

import dev.gantry.daemon.linux.process.PidFd;
import dev.gantry.daemon.linux.process.ProcessStat;
import dev.gantry.daemon.type.EngineException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * What another life of the daemon must know to take over a task.
 *
 * @param monitor conmon
 * @param init the container's first process; absent while it is being created
 * @param terminal whether it has a pseudo terminal
 * @param openStdin whether standard input can be written to
 * @param stdinOnce whether standard input ends with the first attachment that ends it
 * @param oomCounter where the kernel counts what it killed for want of memory
 */
record TaskRecord(
        ProcessMark monitor,
        Optional<ProcessMark> init,
        boolean terminal,
        boolean openStdin,
        boolean stdinOnce,
        Optional<Path> oomCounter) {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    /**
     * One process, for as long as the machine runs.
     *
     * @param pid its number
     * @param startTime when it started, in clock ticks since boot
     */
    record ProcessMark(int pid, long startTime) {

        /** Marks a process that is surely alive or not reaped. */
        static Optional<ProcessMark> of(int pid) {
            return ProcessStat.read(pid).map(stat -> new ProcessMark(pid, stat.startTime()));
        }

        /** Refers to the process; empty where it is gone. */
        Optional<PidFd> open() {
            return PidFd.open(pid, startTime);
        }
    }

    /** Reads it; empty where there is none. */
    static Optional<TaskRecord> read(Path file) {
        try {
            return Optional.of(JSON.readValue(Files.readAllBytes(file), TaskRecord.class));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot read " + file, e);
        } catch (JacksonException e) {
            throw EngineException.internal("cannot understand the task record " + file, e);
        }
    }

    /** Replaces the file. It lives in memory: no need to force it to a disk. */
    void write(Path file) {
        Path fresh = file.resolveSibling(file.getFileName() + ".new");
        try {
            Files.write(fresh, JSON.writeValueAsBytes(this));
            Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot write " + file, e);
        }
    }

    TaskRecord withInit(ProcessMark process, Optional<Path> counter) {
        return new TaskRecord(monitor, Optional.of(process), terminal, openStdin, stdinOnce, counter);
    }
}
