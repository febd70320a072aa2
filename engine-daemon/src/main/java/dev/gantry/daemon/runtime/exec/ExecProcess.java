package dev.gantry.daemon.runtime.exec;

import dev.gantry.daemon.linux.Fd;
import dev.gantry.daemon.linux.process.ChildProcess;
import dev.gantry.daemon.linux.process.Command;
import dev.gantry.daemon.linux.process.ExitWatcher;
import dev.gantry.daemon.linux.terminal.Terminal;
import dev.gantry.daemon.runtime.Attachment;
import dev.gantry.daemon.runtime.ExecRequest;
import dev.gantry.daemon.runtime.ExecTask;
import dev.gantry.daemon.runtime.oci.RuntimeFailure;
import dev.gantry.daemon.runtime.oci.RuntimeProgram;
import dev.gantry.daemon.runtime.stream.ProcessAttachment;
import dev.gantry.daemon.type.ContainerId;
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

    private static final Duration END_DEADLINE = Duration.ofSeconds(30);

    private final ExecFiles files;
    private final String program;
    private final ProcessAttachment attachment;
    private final Optional<Fd> terminal;
    private final CompletableFuture<ExecExit> exit;

    private ExecProcess(
            ExecFiles files,
            ExecRequest request,
            ExecStreams.Connected streams,
            ChildProcess child,
            ExitWatcher watcher,
            Executor executor) {
        this.files = files;
        this.program = request.process().args().get(0);
        this.attachment = streams.attachment();
        this.terminal = streams.terminal();
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
            files.writeProcess(request.process());
            try (ExecStreams streams = ExecStreams.open(request, files)) {
                List<String> argv = runtime.commandLine(arguments(container, request, files));
                ChildProcess child = runtime.launcher()
                        .spawn(new Command(argv, RuntimeProgram.ENVIRONMENT, Path.of("/"), streams.ofChild()));
                return new ExecProcess(files, request, connect(streams, child), child, watcher, executor);
            }
        } catch (RuntimeException e) {
            files.remove();
            throw e;
        }
    }

    private static ExecStreams.Connected connect(ExecStreams streams, ChildProcess child) {
        try {
            return streams.connect(child);
        } catch (RuntimeException e) {
            child.destroy(END_DEADLINE);
            child.close();
            throw e;
        }
    }

    private static List<String> arguments(ContainerId container, ExecRequest request, ExecFiles files) {
        List<String> arguments = new ArrayList<>();
        arguments.addAll(List.of("--log", files.log().toString(), "--log-format", "json", "exec"));
        arguments.addAll(List.of(
                "--process",
                files.process().toString(),
                "--pid-file",
                files.pid().toString()));
        if (request.process().terminal()) {
            arguments.addAll(List.of("--console-socket", files.console().toString()));
        }
        arguments.add(container.value());
        return arguments;
    }

    private ExecExit settle(ChildProcess child) {
        int code;
        try (child) {
            code = child.reap().orElseThrow();
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
        terminal.filter(Fd::isOpen).ifPresent(master -> Terminal.resize(master, size));
    }

    @Override
    public CompletableFuture<ExecExit> exit() {
        return exit.copy();
    }
}
