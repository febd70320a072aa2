package dev.gantry.daemon.runtime.monitor;

import dev.gantry.daemon.linux.process.ExitWatcher;
import dev.gantry.daemon.linux.process.PidFd;
import dev.gantry.daemon.type.Signal;
import java.util.concurrent.CompletableFuture;

/** A container's first process, until it ends. Safe for use by many threads. */
final class InitProcess {

    private final PidFd process;
    private final CompletableFuture<Void> ended;
    private boolean alive = true;

    /**
     * Takes over the reference.
     *
     * @param afterEnd must be short
     */
    InitProcess(PidFd process, ExitWatcher watcher, Runnable afterEnd) {
        this.process = process;
        this.ended = watcher.watch(process).thenRun(() -> {
            release();
            afterEnd.run();
        });
    }

    private synchronized void release() {
        alive = false;
        process.close();
    }

    /** 0 once it has ended. */
    synchronized int pid() {
        return alive ? process.pid() : 0;
    }

    synchronized void signal(Signal signal) {
        if (alive) {
            process.signal(signal);
        }
    }

    CompletableFuture<Void> ended() {
        return ended;
    }
}
