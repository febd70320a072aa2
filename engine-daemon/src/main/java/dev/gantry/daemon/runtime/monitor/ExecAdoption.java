package dev.gantry.daemon.runtime.monitor;

import dev.gantry.daemon.linux.file.FileTree;
import dev.gantry.daemon.linux.process.ExitWatcher;
import dev.gantry.daemon.linux.process.PidFd;
import dev.gantry.daemon.runtime.ExecTask;
import dev.gantry.daemon.runtime.ExecTrace;
import dev.gantry.daemon.runtime.exec.ExecFamily;
import dev.gantry.daemon.runtime.exec.OrphanedExec;
import dev.gantry.daemon.type.Signal;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Executor;

/**
 * Finds the execs of an earlier life of the daemon again.
 *
 * @param watcher notices their ends
 * @param executor threads that may wait
 */
public record ExecAdoption(ExitWatcher watcher, Executor executor) {

    /** Takes up an exec: it runs, or has ended meanwhile. */
    public ExecTask adopt(ExecTrace trace) {
        return trace.directory()
                .<ExecTask>map(directory -> MonitoredExec.adopt(trace, directory, watcher, executor))
                .orElseGet(() -> OrphanedExec.adopt(trace, watcher));
    }

    /** Ends whatever was started for a directory that nobody knows of, and removes it. Its name is in no other command line. */
    public void discard(Path directory) {
        ProcessHandle.allProcesses()
                .mapToInt(process -> (int) process.pid())
                .filter(pid -> names(pid, directory))
                .forEach(ExecAdoption::end);
        FileTree.delete(directory);
    }

    private static void end(int monitor) {
        Optional<PidFd> opened = PidFd.open(monitor);
        if (opened.isPresent()) {
            try (PidFd process = opened.get()) {
                ExecFamily.leaderOf(monitor).ifPresent(leader -> ExecFamily.kill(leader, monitor));
                process.signal(Signal.KILL);
            }
        }
    }

    private static boolean names(int pid, Path directory) {
        try {
            byte[] line = Files.readAllBytes(Path.of("/proc", Integer.toString(pid), "cmdline"));
            return new String(line, StandardCharsets.UTF_8).contains(directory + "/");
        } catch (IOException ended) {
            return false;
        }
    }
}
