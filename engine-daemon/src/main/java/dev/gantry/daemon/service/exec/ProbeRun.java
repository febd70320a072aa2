package dev.gantry.daemon.service.exec;

import dev.gantry.daemon.runtime.Attachment;
import dev.gantry.daemon.runtime.ExecTask;
import dev.gantry.daemon.runtime.ExecTask.ExecExit;
import dev.gantry.daemon.service.exec.ExecService.StartedExec;
import dev.gantry.daemon.service.exec.ExecService.Streams;
import dev.gantry.daemon.type.EngineException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;

/** Runs programs in containers to their end, without a client: for health checks. Safe for use by many threads. */
public final class ProbeRun {

    /** What a killed process may take to be gone, and the runtime to say so. */
    private static final Duration END_DEADLINE = Duration.ofSeconds(30);

    private final ExecService execs;
    private final Executor executor;

    /** @param executor ends programs that take too long; threads that may wait */
    public ProbeRun(ExecService execs, Executor executor) {
        this.execs = execs;
        this.executor = executor;
    }

    /**
     * How a program ended.
     *
     * @param exitCode its exit status; 126 or 127 where it could not be started; meaningless where it timed out
     * @param output the beginning of what it wrote to both outputs, or why it could not be started
     * @param truncated whether it wrote more than was wanted
     * @param timedOut whether it was killed, with all it started, because its time was over
     */
    public record Result(int exitCode, String output, boolean truncated, boolean timedOut) {}

    /**
     * Runs a program as the container's user, in its directory and with its environment. Blocks until it ends, the
     * timeout at the latest and a little for the killing.
     *
     * @param container its id
     * @param mostBytes of output to keep; the rest is read and dropped
     * @throws EngineException where the container does not run or is paused, or the program does not die
     */
    public Result run(String container, List<String> argv, Duration timeout, int mostBytes) {
        ExecConfig config =
                new ExecConfig(argv, List.of(), "", "", false, false, false, true, true, Optional.empty(), "");
        StartedExec started = execs.start(execs.create(container, config), Streams.ATTACHED, Optional.empty());
        ExecTask task = started.task();
        CapturedText text = new CapturedText(mostBytes);
        AtomicBoolean timedOut = new AtomicBoolean();
        try (Attachment attachment = task.attachment()) {
            CompletableFuture<Void> killing = new CompletableFuture<Void>()
                    .completeOnTimeout(null, timeout.toMillis(), TimeUnit.MILLISECONDS)
                    .thenRunAsync(() -> end(task, timedOut), executor);
            attachment.readOutput(text);
            ExecExit exit = awaitEnd(started);
            killing.cancel(false);
            String output = exit.startFailure().isEmpty() ? text.text() : exit.startFailure();
            return new Result(exit.code(), output, text.truncated(), timedOut.get());
        }
    }

    private static void end(ExecTask task, AtomicBoolean timedOut) {
        if (!task.exit().isDone()) {
            timedOut.set(true);
            task.kill();
        }
    }

    private static ExecExit awaitEnd(StartedExec started) {
        try {
            return started.recorded().get(END_DEADLINE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            throw EngineException.internal("a probe does not end " + END_DEADLINE + " after its output", e);
        } catch (ExecutionException e) {
            throw new IllegalStateException("The end of an exec never fails", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw EngineException.unavailable("interrupted while a probe ran");
        }
    }
}
