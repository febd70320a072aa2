package dev.gantry.daemon.runtime.monitor;

import dev.gantry.daemon.failpoint.Failpoint;
import dev.gantry.daemon.linux.Fd;
import dev.gantry.daemon.linux.process.CapturedOutput;
import dev.gantry.daemon.linux.process.ChildProcess;
import dev.gantry.daemon.linux.process.Command;
import dev.gantry.daemon.linux.process.ExitWatcher;
import dev.gantry.daemon.linux.process.PidFd;
import dev.gantry.daemon.linux.socket.FdStream;
import dev.gantry.daemon.linux.socket.Pipe;
import dev.gantry.daemon.runtime.OciRuntime;
import dev.gantry.daemon.runtime.Task;
import dev.gantry.daemon.runtime.TaskRequest;
import dev.gantry.daemon.runtime.cgroup.Freezer;
import dev.gantry.daemon.runtime.monitor.TaskRecord.ProcessMark;
import dev.gantry.daemon.runtime.oci.RuntimeFailure;
import dev.gantry.daemon.runtime.oci.RuntimeProgram;
import dev.gantry.daemon.runtime.spec.CompiledFilters;
import dev.gantry.daemon.type.ContainerId;
import dev.gantry.daemon.type.EngineException;
import dev.gantry.daemon.type.Signal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;

/** Runs containers with an OCI runtime, each under a conmon of its own. Safe for use by many threads. */
public final class ConmonRuntime implements OciRuntime {

    private final RuntimeProgram runtime;
    private final MonitorSettings settings;
    private final Conmon conmon;
    private final TaskContext context;
    private final CompiledFilters filters = new CompiledFilters();

    /**
     * @param watcher notices the ends of monitors; stays the caller's, who closes it after the last task is of no interest
     * @param executor completes the futures of tasks; threads that may wait
     */
    public ConmonRuntime(RuntimeProgram runtime, MonitorSettings settings, ExitWatcher watcher, Executor executor) {
        this.runtime = runtime;
        this.settings = settings;
        this.conmon = new Conmon(settings.program());
        this.context = new TaskContext(runtime, settings, watcher, executor);
    }

    @Override
    public String name() {
        return runtime.name();
    }

    @Override
    public String version() {
        return runtime.version();
    }

    @Override
    public Optional<CompiledFilters> compiledFilters() {
        return runtime.takesCompiledFilters() ? Optional.of(filters) : Optional.empty();
    }

    @Override
    public Task create(TaskRequest request) {
        MonitorFiles files = new MonitorFiles(request.bundle());
        files.remove();
        runtime.launcher().refresh();
        try (Pipe sync = Pipe.open();
                Fd nothing = FdStream.openNull();
                CapturedOutput errors = CapturedOutput.open()) {
            List<Fd> descriptors = List.of(nothing, nothing, errors.fd(), sync.writeEnd());
            ChildProcess monitor = runtime.launcher()
                    .spawn(new Command(
                            conmon.commandLine(request, runtime, files),
                            conmon.environment(files),
                            request.bundle(),
                            descriptors));
            sync.writeEnd().close();
            return awaitCreated(request, files, monitor, sync.readEnd(), errors);
        }
    }

    private Task awaitCreated(
            TaskRequest request, MonitorFiles files, ChildProcess monitor, Fd sync, CapturedOutput errors) {
        try {
            Failpoint.MONITOR_SPAWNED.reach();
            TaskRecord started = new TaskRecord(
                    ProcessMark.of(monitor.pid()).orElseThrow(),
                    Optional.empty(),
                    request.terminal(),
                    request.openStdin(),
                    request.stdinOnce(),
                    Optional.empty());
            started.write(files.record());
            CreateReport report = CreateReport.read(sync, settings.createDeadline())
                    .orElseThrow(() ->
                            new EngineException(EngineException.Kind.INTERNAL, silent(request.id(), errors.text())));
            if (!report.isCreated()) {
                throw RuntimeFailure.parse(report.message(), program(request.bundle()))
                        .onCreate();
            }
            TaskRecord created = started.withInit(mark(report.pid()), OomCounter.of(report.pid()));
            created.write(files.record());
            request.newProfile()
                    .ifPresent(profile ->
                            runtime.compiledFilter(request.id()).ifPresent(program -> filters.learn(profile, program)));
            return new ConmonTask(context, request.id(), files, created, new MonitorProcess.Own(monitor));
        } catch (RuntimeException e) {
            monitor.destroy(settings.endDeadline());
            monitor.close();
            purge(request.id(), request.bundle());
            throw e;
        }
    }

    /** The process waits for its start, and its monitor does not reap it before it has reported it. */
    private static ProcessMark mark(int pid) {
        return ProcessMark.of(pid)
                .orElseThrow(() -> new EngineException(
                        EngineException.Kind.INTERNAL, "the container's process " + pid + " ended before its start"));
    }

    private String silent(ContainerId id, String errors) {
        return "failed to create task for container: the monitor of container " + id.shortForm()
                + " did not report within " + settings.createDeadline() + (errors.isEmpty() ? "" : ": " + errors);
    }

    /** The program's name, for errors of runtimes that do not tell it. */
    private static String program(Path bundle) {
        return BundleConfig.program(bundle.resolve("config.json"));
    }

    @Override
    public Optional<Task> adopt(ContainerId id, Path bundle) {
        MonitorFiles files = new MonitorFiles(bundle);
        Optional<TaskRecord> record = TaskRecord.read(files.record());
        if (record.isEmpty() || record.get().init().isEmpty()) {
            return Optional.empty();
        }
        MonitorProcess monitor = record.get()
                .monitor()
                .open()
                .<MonitorProcess>map(MonitorProcess.Foreign::new)
                .orElseGet(MonitorProcess.Gone::new);
        return Optional.of(new ConmonTask(context, id, files, record.get(), monitor));
    }

    @Override
    public void purge(ContainerId id, Path bundle) {
        MonitorFiles files = new MonitorFiles(bundle);
        TaskRecord.read(files.record()).ifPresent(record -> {
            // the monitor first: a runtime that still creates dies with it
            kill(id, Optional.of(record.monitor()));
            kill(id, record.init());
        });
        runtime.delete(id);
        if (Files.isDirectory(bundle)) {
            files.remove();
        }
    }

    private void kill(ContainerId id, Optional<ProcessMark> mark) {
        Optional<PidFd> process = mark.flatMap(ProcessMark::open);
        if (process.isPresent()) {
            try (PidFd open = process.get()) {
                open.signal(Signal.KILL);
                Freezer.thawCgroupOf(open.pid());
                if (!open.awaitExit(settings.endDeadline())) {
                    throw new EngineException(
                            EngineException.Kind.INTERNAL,
                            "process " + open.pid() + " of container " + id.shortForm() + " did not end within "
                                    + settings.endDeadline());
                }
            }
        }
    }
}
