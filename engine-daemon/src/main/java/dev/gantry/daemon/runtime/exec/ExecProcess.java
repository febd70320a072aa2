package dev.gantry.daemon.runtime.exec;

import dev.gantry.daemon.linux.process.ChildProcess;
import dev.gantry.daemon.linux.process.Command;
import dev.gantry.daemon.linux.process.ExitWatcher;
import dev.gantry.daemon.linux.process.ProcessStat;
import dev.gantry.daemon.runtime.Attachment;
import dev.gantry.daemon.runtime.ExecRequest;
import dev.gantry.daemon.runtime.ExecTask;
import dev.gantry.daemon.runtime.ExecTrace;
import dev.gantry.daemon.runtime.oci.RuntimeFailure;
import dev.gantry.daemon.runtime.oci.RuntimeProgram;
import dev.gantry.daemon.runtime.stream.ProcessAttachment;
import dev.gantry.daemon.type.ContainerId;
import dev.gantry.daemon.type.Signal;
import dev.gantry.daemon.type.TerminalSize;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;

/**
 * A further process in a container, as the attached child of the runtime's {@code exec}: no monitor, so its streams end
 * with the daemon.
 */
public final class ExecProcess implements ExecTask {

    private static final Signal WINDOW_CHANGED = new Signal(28);
    private static final Duration PROGRAM_DEADLINE = Duration.ofSeconds(10);
    private static final Duration PROGRAM_LOOK = Duration.ofMillis(5);
    private static final Duration END_DEADLINE = Duration.ofSeconds(30);

    private final ExecFiles files;
    private final String program;
    private final ProcessAttachment attachment;
    private final Object childLock = new Object();
    private final ChildProcess child;
    private final Optional<ChildProcess> relay;
    private boolean ended;
    private final CompletableFuture<ExecExit> exit;

    private ExecProcess(
            RuntimeProgram runtime,
            ExecFiles files,
            ExecRequest request,
            ProcessAttachment attachment,
            ChildProcess child,
            ExitWatcher watcher,
            Executor executor) {
        this.files = files;
        this.program = request.process().args().get(0);
        this.attachment = attachment;
        this.child = child;
        boolean relays = request.process().terminal() && !runtime.handsOverTerminals();
        this.relay = relays ? Optional.of(child) : Optional.empty();
        this.exit = watcher.watch(child.pidFd()).thenApplyAsync(ended -> settle(child), executor);
    }

    /**
     * Starts the process.
     *
     * @param bundle where the files it needs while it runs are put
     */
    public static ExecProcess start(
            RuntimeProgram runtime,
            ExitWatcher watcher,
            Executor executor,
            ContainerId container,
            Path bundle,
            ExecRequest request) {
        ExecFiles files = new ExecFiles(bundle, request.execId());
        try {
            files.writeProcess(request.process().withTerminalSize(request.terminalSize()));
            try (ExecStreams streams = ExecStreams.open(runtime, request, files)) {
                List<String> argv = runtime.commandLine(arguments(runtime, container, request, files));
                ChildProcess child = runtime.launcher()
                        .spawn(new Command(argv, RuntimeProgram.ENVIRONMENT, Path.of("/"), streams.ofChild()));
                return new ExecProcess(runtime, files, request, connect(streams, child), child, watcher, executor);
            }
        } catch (RuntimeException e) {
            files.remove();
            throw e;
        }
    }

    private static ProcessAttachment connect(ExecStreams streams, ChildProcess child) {
        try {
            return streams.connect(child);
        } catch (RuntimeException e) {
            child.destroy(END_DEADLINE);
            child.close();
            throw e;
        }
    }

    private static List<String> arguments(
            RuntimeProgram runtime, ContainerId container, ExecRequest request, ExecFiles files) {
        List<String> arguments = new ArrayList<>();
        arguments.addAll(List.of("--log", files.log().toString(), "--log-format", "json", "exec"));
        arguments.addAll(List.of(
                "--process",
                files.process().toString(),
                "--pid-file",
                files.pid().toString()));
        if (request.process().terminal() && runtime.handsOverTerminals()) {
            arguments.addAll(List.of("--console-socket", files.console().toString()));
        }
        arguments.add(container.value());
        return arguments;
    }

    private ExecExit settle(ChildProcess child) {
        int code;
        synchronized (childLock) {
            ended = true;
            try (child) {
                code = child.reap().orElseThrow();
            }
        }
        attachment.processEnded();
        String log = files.readLog();
        files.remove();
        if (code == 0 || log.isEmpty()) {
            return new ExecExit(code, "");
        }
        RuntimeFailure failure = RuntimeFailure.parse(log, program);
        return new ExecExit(failure.execExitCode(), failure.onExec());
    }

    @Override
    public int pid() {
        return exit.isDone() ? 0 : files.readPid();
    }

    @Override
    public Attachment attachment() {
        return attachment;
    }

    @Override
    public void resize(TerminalSize size) {
        attachment.resize(size);
        synchronized (childLock) {
            if (!ended) {
                // a runtime that relays takes over the size of its own terminal when told to look
                relay.ifPresent(child -> child.pidFd().signal(WINDOW_CHANGED));
            }
        }
    }

    /** The child reaps the exec's first process: while it is not reaped itself, neither number can be another's. */
    @Override
    public void kill() {
        synchronized (childLock) {
            if (ended) {
                return;
            }
            int leader = awaitProgram();
            if (leader == 0) {
                // the runtime is stuck: what it prepared ends with it
                child.pidFd().signal(Signal.KILL);
                return;
            }
            ExecFamily.kill(leader, child.pid());
        }
    }

    /** A runtime whose child dies before it runs the program calls that a fault of its own. 0 where it never runs one. */
    private int awaitProgram() {
        long end = System.nanoTime() + PROGRAM_DEADLINE.toNanos();
        int pid = files.readPid();
        while ((pid == 0 || isPrepared(pid))
                && System.nanoTime() < end
                && !child.pidFd().awaitExit(PROGRAM_LOOK)) {
            pid = files.readPid();
        }
        return pid;
    }

    /** Whether it still runs the runtime's own program. */
    private boolean isPrepared(int pid) {
        return ProcessStat.program(pid).equals(ProcessStat.program(child.pid()));
    }

    @Override
    public Optional<ExecTrace> trace() {
        synchronized (childLock) {
            return ended
                    ? Optional.empty()
                    : ProcessStat.read(child.pid())
                            .map(stat -> new ExecTrace(child.pid(), stat.startTime(), Optional.empty()));
        }
    }

    @Override
    public CompletableFuture<ExecExit> exit() {
        return exit.copy();
    }
}
