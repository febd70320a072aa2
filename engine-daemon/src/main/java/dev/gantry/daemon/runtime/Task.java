package dev.gantry.daemon.runtime;

import dev.gantry.daemon.type.ContainerId;
import dev.gantry.daemon.type.Signal;
import dev.gantry.daemon.type.TerminalSize;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;

/** The process of one container, from create to delete. Safe for use by many threads. */
public interface Task {

    ContainerId id();

    /** The process id on the host; 0 once it has ended. */
    int pid();

    /** Lets the created process run its program. */
    void start();

    /** Sends a signal to the container's first process. Does nothing where it has ended. */
    void signal(Signal signal);

    /**
     * Connects to the process's streams. All output written from now on arrives; the caller closes the attachment.
     *
     * @param stdin whether the attachment will write to standard input
     */
    Attachment attach(boolean stdin);

    void resize(TerminalSize size);

    /** Tells the monitor to begin a new log file in the place of the present one; does not wait for it. */
    void beginLogFile();

    /** Completes when the process has ended and all its output is in the log; never exceptionally. */
    CompletableFuture<TaskExit> exit();

    /** Removes the runtime's and the monitor's state, the cgroup and whatever process is left in it. */
    void delete();

    /** Starts a further process in the container. */
    ExecTask exec(ExecRequest request);

    /**
     * Starts a further process that nobody is attached to. It outlives the daemon, and so does the record of its end.
     * Returns when it runs; where it cannot be run, nothing is left but the directory.
     *
     * @param directory exists, is empty and the exec's own; the caller removes it after the end
     */
    ExecTask execDetached(ExecRequest request, Path directory);
}
