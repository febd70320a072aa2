package dev.gantry.daemon.runtime.monitor;

import dev.gantry.daemon.linux.Errno;
import dev.gantry.daemon.linux.LinuxException;
import dev.gantry.daemon.linux.socket.PacketSocket;
import dev.gantry.daemon.runtime.Attachment;
import dev.gantry.daemon.runtime.ExecRequest;
import dev.gantry.daemon.runtime.ExecTask;
import dev.gantry.daemon.runtime.Task;
import dev.gantry.daemon.runtime.TaskExit;
import dev.gantry.daemon.runtime.cgroup.Freezer;
import dev.gantry.daemon.runtime.exec.ExecProcess;
import dev.gantry.daemon.type.ContainerId;
import dev.gantry.daemon.type.EngineException;
import dev.gantry.daemon.type.Signal;
import dev.gantry.daemon.type.TerminalSize;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** A container's process under a conmon. */
final class ConmonTask implements Task {

    private static final Logger LOG = System.getLogger(ConmonTask.class.getName());
    private static final Duration ATTACH_DEADLINE = Duration.ofSeconds(10);
    private static final int KILLED = 137;

    private final TaskContext context;
    private final ContainerId id;
    private final MonitorFiles files;
    private final TaskRecord record;
    private final MonitorProcess monitor;
    private final OpenAttachments attachments = new OpenAttachments();
    private final CompletableFuture<TaskExit> exit;
    private final Optional<InitProcess> init;

    ConmonTask(TaskContext context, ContainerId id, MonitorFiles files, TaskRecord record, MonitorProcess monitor) {
        this.context = context;
        this.id = id;
        this.files = files;
        this.record = record;
        this.monitor = monitor;
        this.init = record.init()
                .flatMap(TaskRecord.ProcessMark::open)
                .map(process -> new InitProcess(process, context.watcher(), this::checkReadersLater));
        this.exit = monitor.watch(context.watcher()).thenApplyAsync(ended -> settle(), context.executor());
    }

    /** A reader that stopped must not keep a container from ending: its monitor waits for room to write the last output. */
    private void checkReadersLater() {
        Duration patience = context.settings().readerPatience();
        CompletableFuture.delayedExecutor(patience.toMillis(), TimeUnit.MILLISECONDS, context.executor())
                .execute(this::closeStuckReaders);
    }

    private void closeStuckReaders() {
        if (!exit.isDone()) {
            attachments.closeStuck();
            checkReadersLater();
        }
    }

    @Override
    public ContainerId id() {
        return id;
    }

    @Override
    public int pid() {
        return exit.isDone() ? 0 : init.map(InitProcess::pid).orElse(0);
    }

    @Override
    public void start() {
        context.runtime().start(id);
    }

    @Override
    public void signal(Signal signal) {
        init.ifPresent(process -> process.signal(signal));
    }

    @Override
    public Attachment attach(boolean stdin) {
        try {
            PacketSocket socket = PacketSocket.connect(files.attachSocket(), ATTACH_DEADLINE);
            boolean mayWrite = stdin && record.openStdin();
            // the end of any connection ends standard input, so one that only reads must not end before the task
            boolean parks = !mayWrite && record.openStdin() && record.stdinOnce() && !record.terminal();
            return attachments.add(socket, mayWrite, parks);
        } catch (LinuxException e) {
            if (e.is(Errno.ENOENT) || e.is(Errno.ECONNREFUSED)) {
                throw new EngineException(
                        EngineException.Kind.CONFLICT, "container " + id.value() + " is not running", e);
            }
            throw e;
        }
    }

    @Override
    public void resize(TerminalSize size) {
        if (!files.resize(size)) {
            throw gone();
        }
    }

    @Override
    public void beginLogFile() {
        if (!files.reopenLog()) {
            throw gone();
        }
    }

    private EngineException gone() {
        return new EngineException(EngineException.Kind.CONFLICT, "container " + id.value() + " is not running");
    }

    @Override
    public CompletableFuture<TaskExit> exit() {
        return exit.copy();
    }

    /** The monitor has ended: the log is complete and the exit is on record, unless it was killed itself. */
    private TaskExit settle() {
        monitor.close();
        boolean outOfMemory = record.oomCounter().map(OomCounter::killed).orElse(false) || files.sawOutOfMemory();
        TaskExit result = files.readExit()
                .map(seen -> new TaskExit(seen.code(), outOfMemory, seen.at()))
                .orElseGet(() -> unseenExit(outOfMemory));
        attachments.taskEnded();
        return result;
    }

    private TaskExit unseenExit(boolean outOfMemory) {
        LOG.log(Level.WARNING, "monitor lost; killing its container container={0}", id.shortForm());
        kill();
        init.ifPresent(process -> await(process.ended()));
        return new TaskExit(KILLED, outOfMemory, Clock.systemUTC().instant());
    }

    @Override
    public void delete() {
        if (!exit.isDone()) {
            kill();
            await(exit);
        }
        context.runtime().delete(id);
        files.remove();
    }

    private void kill() {
        signal(Signal.KILL);
        init.ifPresent(process -> Freezer.thawCgroupOf(process.pid()));
    }

    private <T> void await(CompletableFuture<T> end) {
        Duration deadline = context.settings().endDeadline();
        try {
            end.get(deadline.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            throw new EngineException(
                    EngineException.Kind.INTERNAL,
                    "container " + id.shortForm() + " did not end within " + deadline + " of being killed",
                    e);
        } catch (ExecutionException e) {
            throw EngineException.internal("the end of container " + id.shortForm() + " is unknown", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw EngineException.internal("interrupted while container " + id.shortForm() + " ended", e);
        }
    }

    @Override
    public ExecTask exec(ExecRequest request) {
        return ExecProcess.start(context.runtime(), context.watcher(), context.executor(), id, files.bundle(), request);
    }

    @Override
    public ExecTask execDetached(ExecRequest request, Path directory) {
        return MonitoredExec.start(context, id, directory, request);
    }
}
