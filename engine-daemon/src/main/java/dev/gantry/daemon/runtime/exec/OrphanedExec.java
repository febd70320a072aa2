package dev.gantry.daemon.runtime.exec;

import dev.gantry.daemon.linux.process.ExitWatcher;
import dev.gantry.daemon.linux.process.PidFd;
import dev.gantry.daemon.runtime.Attachment;
import dev.gantry.daemon.runtime.ExecTask;
import dev.gantry.daemon.runtime.ExecTrace;
import dev.gantry.daemon.type.EngineException;
import dev.gantry.daemon.type.TerminalSize;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * An attached exec whose daemon has died: its streams are gone and its exit status nobody is told, but the process may
 * live. The runtime that holds it ends with it.
 */
public final class OrphanedExec implements ExecTask {

    /** What docker reports for an end that nobody saw. */
    private static final int UNKNOWN_EXIT = 255;

    private final ExecTrace trace;
    private final CompletableFuture<ExecExit> exit;

    private OrphanedExec(ExecTrace trace, CompletableFuture<ExecExit> exit) {
        this.trace = trace;
        this.exit = exit;
    }

    /** Takes it up again, running or not. */
    public static OrphanedExec adopt(ExecTrace trace, ExitWatcher watcher) {
        CompletableFuture<Void> ended = PidFd.open(trace.holder(), trace.holderStart())
                .map(holder -> watcher.watch(holder).thenRun(holder::close))
                .orElseGet(() -> CompletableFuture.completedFuture(null));
        return new OrphanedExec(trace, ended.thenApply(nothing -> new ExecExit(UNKNOWN_EXIT, "")));
    }

    @Override
    public int pid() {
        return exit.isDone() ? 0 : ExecFamily.leaderOf(trace.holder()).orElse(0);
    }

    @Override
    public Attachment attachment() {
        throw new IllegalStateException("The streams of an exec end with its daemon");
    }

    @Override
    public void resize(TerminalSize size) {
        throw new EngineException(
                EngineException.Kind.CONFLICT,
                "the terminal of this exec went with the daemon that it was attached to");
    }

    @Override
    public void kill() {
        int leader = pid();
        if (leader != 0) {
            ExecFamily.kill(leader, trace.holder());
        }
    }

    @Override
    public CompletableFuture<ExecExit> exit() {
        return exit.copy();
    }

    @Override
    public Optional<ExecTrace> trace() {
        return Optional.of(trace);
    }
}
