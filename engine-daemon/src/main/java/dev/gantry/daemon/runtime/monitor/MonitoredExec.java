package dev.gantry.daemon.runtime.monitor;

import dev.gantry.daemon.linux.Fd;
import dev.gantry.daemon.linux.process.CapturedOutput;
import dev.gantry.daemon.linux.process.ChildProcess;
import dev.gantry.daemon.linux.process.Command;
import dev.gantry.daemon.linux.process.ExitWatcher;
import dev.gantry.daemon.linux.process.PidFd;
import dev.gantry.daemon.linux.process.ProcessStat;
import dev.gantry.daemon.linux.socket.FdStream;
import dev.gantry.daemon.linux.socket.Pipe;
import dev.gantry.daemon.runtime.Attachment;
import dev.gantry.daemon.runtime.ExecRequest;
import dev.gantry.daemon.runtime.ExecTask;
import dev.gantry.daemon.runtime.ExecTrace;
import dev.gantry.daemon.runtime.exec.ExecFamily;
import dev.gantry.daemon.runtime.exec.ProcessFile;
import dev.gantry.daemon.runtime.oci.RuntimeFailure;
import dev.gantry.daemon.type.ContainerId;
import dev.gantry.daemon.type.EngineException;
import dev.gantry.daemon.type.TerminalSize;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;

/**
 * A further process in a container under a monitor of its own, which outlives the daemon and records the end. Nobody is
 * attached to its streams.
 */
final class MonitoredExec implements ExecTask {

    private static final int KILLED = 137;

    private final MonitorFiles files;
    private final ExecTrace trace;
    private final int pid;
    private final MonitorProcess monitor;
    private final CompletableFuture<ExecExit> exit;

    private MonitoredExec(
            MonitorFiles files,
            ExecTrace trace,
            int pid,
            MonitorProcess monitor,
            ExitWatcher watcher,
            Executor executor) {
        this.files = files;
        this.trace = trace;
        this.pid = pid;
        this.monitor = monitor;
        this.exit = monitor.watch(watcher).thenApplyAsync(ended -> settle(), executor);
    }

    /**
     * Starts the process and waits until it runs.
     *
     * @param directory exists, is empty and the exec's own
     * @throws EngineException with the runtime's reason where the program cannot be run; nothing runs then
     */
    static MonitoredExec start(TaskContext context, ContainerId container, Path directory, ExecRequest request) {
        MonitorFiles files = new MonitorFiles(directory);
        Path process = directory.resolve("process.json");
        ProcessFile.write(process, request);
        try (Pipe sync = Pipe.open();
                Fd nothing = FdStream.openNull();
                CapturedOutput errors = CapturedOutput.open()) {
            Conmon conmon = new Conmon(context.settings().program());
            ChildProcess monitor = context.runtime()
                    .launcher()
                    .spawn(new Command(
                            conmon.execCommandLine(container, process, request, context.runtime(), files),
                            conmon.environment(files),
                            directory,
                            List.of(nothing, nothing, errors.fd(), sync.writeEnd())));
            sync.writeEnd().close();
            return awaitRunning(context, files, request, monitor, sync.readEnd());
        }
    }

    private static MonitoredExec awaitRunning(
            TaskContext context, MonitorFiles files, ExecRequest request, ChildProcess monitor, Fd sync) {
        try {
            CreateReport report = CreateReport.read(sync, context.settings().createDeadline())
                    .orElseThrow(() -> new EngineException(
                            EngineException.Kind.INTERNAL,
                            "the monitor of an exec did not report within "
                                    + context.settings().createDeadline()));
            if (!report.isCreated()) {
                throw RuntimeFailure.parse(
                                report.message(), request.process().args().get(0))
                        .onDetachedExec();
            }
            ExecTrace trace = new ExecTrace(
                    monitor.pid(),
                    ProcessStat.read(monitor.pid()).orElseThrow().startTime(),
                    Optional.of(files.bundle()));
            return new MonitoredExec(
                    files, trace, report.pid(), new MonitorProcess.Own(monitor), context.watcher(), context.executor());
        } catch (RuntimeException e) {
            monitor.destroy(context.settings().endDeadline());
            monitor.close();
            throw e;
        }
    }

    /** Takes up what another life of the daemon started: it runs, or its end is on record. */
    static MonitoredExec adopt(ExecTrace trace, Path directory, ExitWatcher watcher, Executor executor) {
        MonitorFiles files = new MonitorFiles(directory);
        MonitorProcess monitor = PidFd.open(trace.holder(), trace.holderStart())
                .<MonitorProcess>map(MonitorProcess.Foreign::new)
                .orElseGet(MonitorProcess.Gone::new);
        return new MonitoredExec(files, trace, files.readPid(), monitor, watcher, executor);
    }

    private ExecExit settle() {
        monitor.close();
        return files.readExit()
                .map(seen -> new ExecExit(seen.code(), ""))
                // a monitor that was killed saw no end; its exec has nobody who would
                .orElseGet(() -> new ExecExit(KILLED, ""));
    }

    @Override
    public int pid() {
        return exit.isDone() ? 0 : pid;
    }

    @Override
    public Attachment attachment() {
        throw new IllegalStateException("A detached exec has no streams");
    }

    @Override
    public void resize(TerminalSize size) {
        files.resize(size);
    }

    @Override
    public void kill() {
        if (!exit.isDone()) {
            ExecFamily.kill(pid, trace.holder());
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
