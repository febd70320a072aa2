package dev.gantry.daemon.service.exec;

import dev.gantry.daemon.runtime.ExecRequest;
import dev.gantry.daemon.runtime.ExecTask;
import dev.gantry.daemon.runtime.spec.ProcessSpec;
import dev.gantry.daemon.service.container.ContainerRecord;
import dev.gantry.daemon.service.container.ContainerService;
import dev.gantry.daemon.service.exec.ExecRecord.Phase;
import dev.gantry.daemon.type.ContainerId;
import dev.gantry.daemon.type.EngineException;
import dev.gantry.daemon.type.TerminalSize;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Further processes in running containers. Their records live in memory, and for five minutes after their end, as
 * clients ask for the exit code after the stream has closed. Safe for use by many threads.
 */
public final class ExecService {

    private static final Duration KEPT_AFTER_END = Duration.ofMinutes(5);

    private final ContainerService containers;
    private final RandomGenerator randomness;
    private final Clock clock;
    private final Map<String, Exec> execs = new ConcurrentHashMap<>();

    public ExecService(ContainerService containers, RandomGenerator randomness, Clock clock) {
        this.containers = containers;
        this.randomness = randomness;
        this.clock = clock;
    }

    /** An exec in memory: its record is replaced under the object's monitor. */
    private static final class Exec {
        private volatile ExecRecord record;
        private volatile @Nullable ExecTask task;

        Exec(ExecRecord record) {
            this.record = record;
        }
    }

    /** Prepares a process; it does not run yet. Gives its id. */
    public String create(String containerReference, ExecConfig config) {
        if (config.argv().isEmpty()) {
            // compat: docker's text
            throw EngineException.invalid("No exec command specified");
        }
        sweep();
        ContainerRecord container = containers.get(containerReference);
        requireRunning(container);
        String id = ContainerId.random(randomness).value();
        execs.put(
                id,
                new Exec(new ExecRecord(
                        id, container.id(), config, Phase.CREATED, 0, Optional.empty(), Optional.empty())));
        publish(container, "exec_create: " + commandLine(config), id, Map.of());
        return id;
    }

    /**
     * Gives one by its name.
     *
     * @throws EngineException not found
     */
    public ExecRecord get(String id) {
        return find(id).record;
    }

    /** The ids of the execs of a container that have not been forgotten. */
    public List<String> ofContainer(ContainerId container) {
        return execs.values().stream()
                .map(e -> e.record)
                .filter(r -> r.container().equals(container))
                .filter(r -> r.phase() == Phase.RUNNING)
                .map(ExecRecord::id)
                .sorted()
                .toList();
    }

    /** Whether the process's streams are wanted. */
    public enum Streams {
        ATTACHED,
        DETACHED
    }

    /**
     * A process that was started.
     *
     * @param task the process
     * @param recorded completes when its end is on record, so that whoever asks next is told of it
     */
    public record StartedExec(ExecTask task, CompletableFuture<ExecTask.ExecExit> recorded) {}

    /**
     * Runs a prepared process. The caller closes the task's attachment where the streams are attached.
     *
     * @throws EngineException not found; conflict where it ran already or the container does not run
     */
    public StartedExec start(String id, Streams streams, Optional<TerminalSize> size) {
        Exec exec = find(id);
        synchronized (exec) {
            requireStartable(exec.record);
            ExecConfig config = exec.record.config();
            ContainerRecord container = containers.get(exec.record.container().value());
            requireRunning(container);
            ProcessSpec process = containers.furtherProcess(
                    container,
                    config.argv(),
                    config.env(),
                    config.user(),
                    config.workingDirectory(),
                    config.terminal(),
                    config.privileged());
            boolean attached = streams == Streams.ATTACHED;
            ExecTask task = containers
                    .task(container.id().value())
                    .exec(new ExecRequest(
                            id,
                            process,
                            attached && config.attachStdin(),
                            attached && config.attachStdout(),
                            attached && config.attachStderr(),
                            size.or(config::terminalSize)));
            exec.task = task;
            exec.record = exec.record.running(task.pid());
            publish(container, "exec_start: " + commandLine(config), id, Map.of());
            return new StartedExec(task, task.exit().thenApply(exit -> {
                ended(exec, container, exit.code());
                return exit;
            }));
        }
    }

    private void ended(Exec exec, ContainerRecord container, int code) {
        synchronized (exec) {
            exec.record = exec.record.ended(code, clock.instant());
            exec.task = null;
        }
        publish(container, "exec_die", exec.record.id(), Map.of("exitCode", Integer.toString(code)));
    }

    /** Sets the size of a running process's terminal. */
    public void resize(String id, TerminalSize size) {
        ExecTask task = find(id).task;
        if (task == null) {
            // compat: docker's text
            throw EngineException.conflict("exec process is not started");
        }
        task.resize(size);
    }

    private Exec find(String id) {
        Exec exec = execs.get(id);
        if (exec == null) {
            // compat: clients match this text
            throw EngineException.notFound("No such exec instance: " + id);
        }
        ExecTask task = exec.task;
        if (task != null && exec.record.phase() == Phase.RUNNING && exec.record.pid() == 0) {
            synchronized (exec) {
                if (exec.record.phase() == Phase.RUNNING) {
                    exec.record = exec.record.running(task.pid());
                }
            }
        }
        return exec;
    }

    private static void requireStartable(ExecRecord record) {
        if (record.phase() == Phase.RUNNING) {
            throw EngineException.conflict("Error: Exec command " + record.id() + " is already running");
        }
        if (record.phase() == Phase.ENDED) {
            throw EngineException.conflict("Error: Exec command " + record.id() + " has already run");
        }
    }

    private static void requireRunning(ContainerRecord container) {
        if (!container.state().running()) {
            throw container.notRunning();
        }
    }

    /** Forgets the execs of a container that is gone. */
    public void forget(String container) {
        execs.values().removeIf(e -> e.record.container().value().equals(container));
    }

    private void sweep() {
        Instant oldest = clock.instant().minus(KEPT_AFTER_END);
        execs.values()
                .removeIf(e ->
                        e.record.endedAt().filter(at -> at.isBefore(oldest)).isPresent());
        // never started, and now never can be: their container went by itself
        execs.values().removeIf(e -> e.record.phase() == Phase.CREATED && !containers.isKnown(e.record.container()));
    }

    private void publish(ContainerRecord container, String action, String execId, Map<String, String> more) {
        Map<String, String> attributes = new java.util.HashMap<>(more);
        attributes.put("execID", execId);
        containers.events().publish(container, action, attributes);
    }

    private static String commandLine(ExecConfig config) {
        return String.join(" ", config.argv());
    }
}
