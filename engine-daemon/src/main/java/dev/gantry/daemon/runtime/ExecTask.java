package dev.gantry.daemon.runtime;

import dev.gantry.daemon.type.TerminalSize;
import java.util.concurrent.CompletableFuture;

/** A further process in a container. */
public interface ExecTask {

    /** The process id on the host; 0 while unknown. */
    int pid();

    /** The streams that were asked for; one attachment, made by the exec itself. The caller closes it. */
    Attachment attachment();

    void resize(TerminalSize size);

    /**
     * Ends the process and all that it started, as long as they keep its session or descend from it. Returns when all
     * are killed; their end is told by {@link #exit}. Does nothing where the exec has ended.
     */
    void kill();

    /**
     * Completes when the process has ended. Where it could not be started (no such program, no permission) it completes
     * with 126 or 127 and the reason.
     */
    CompletableFuture<ExecExit> exit();

    /**
     * How an exec ended.
     *
     * @param code the exit status
     * @param startFailure empty where the process ran; else the runtime's reason, for people
     */
    record ExecExit(int code, String startFailure) {}
}
