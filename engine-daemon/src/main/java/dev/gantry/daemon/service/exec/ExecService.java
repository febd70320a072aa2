package dev.gantry.daemon.service.exec;

import dev.gantry.daemon.runtime.ExecRequest;
import dev.gantry.daemon.runtime.ExecTask;
import dev.gantry.daemon.runtime.ExecTask.ExecExit;
import dev.gantry.daemon.runtime.ExecTrace;
import dev.gantry.daemon.runtime.Task;
import dev.gantry.daemon.runtime.monitor.ExecAdoption;
import dev.gantry.daemon.runtime.spec.ProcessSpec;
import dev.gantry.daemon.service.container.ContainerRecord;
import dev.gantry.daemon.service.container.ContainerService;
import dev.gantry.daemon.service.exec.ExecRecord.Phase;
import dev.gantry.daemon.type.ContainerId;
import dev.gantry.daemon.type.EngineException;
import dev.gantry.daemon.type.TerminalSize;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Further processes in running containers. What ended stays readable for five minutes, as clients ask for the exit code
 * after the stream has closed, but no more than the latest few thousand. Detached ones run on without the daemon and are
 * known to its next life, running or ended; attached ones lose their streams with it. Safe for use by many threads.
 */
public final class ExecService {

    private static final Duration KEPT_AFTER_END = Duration.ofMinutes(5);

    /** A busy host runs hundreds of health checks in a second: what nobody asks for must not fill the memory. */
    private static final int MOST_ENDED = 4096;

    private static final int NOT_STARTED = 126;
    private static final int NOT_FOUND = 127;

    private final ContainerService containers;
    private final RandomGenerator randomness;
    private final Clock clock;
    private final ExecRecords disk;
    private final ExecAdoption adoption;
    private final Map<String, Exec> execs = new ConcurrentHashMap<>();
    private final Queue<String> endedOnes = new ConcurrentLinkedQueue<>();

    /** @param adoption finds execs of the daemon's earlier life again */
    public ExecService(
            ContainerService containers,
            ExecRecords disk,
            ExecAdoption adoption,
            RandomGenerator randomness,
            Clock clock) {
        this.containers = containers;
        this.disk = disk;
        this.adoption = adoption;
        this.randomness = randomness;
        this.clock = clock;
    }

    /** An exec in memory: its record is replaced under the object's monitor. */
    private static final class Exec {
        private volatile ExecRecord record;
        private volatile @Nullable ExecTask task;
        private boolean detached;

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
        requireAwake(container, containerReference);
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
            ExecTask task;
            try {
                task = run(exec, container, streams, size);
            } catch (EngineException failure) {
                neverRan(exec, failure);
                throw failure;
            }
            CompletableFuture<ExecExit> recorded = follow(exec, task, streams);
            publish(container, "exec_start: " + commandLine(config), id, Map.of());
            return new StartedExec(task, recorded);
        }
    }

    private ExecTask run(Exec exec, ContainerRecord container, Streams streams, Optional<TerminalSize> size) {
        ExecConfig config = exec.record.config();
        ProcessSpec process = containers.furtherProcess(
                container,
                config.argv(),
                config.env(),
                config.user(),
                config.workingDirectory(),
                config.terminal(),
                config.privileged());
        boolean attached = streams == Streams.ATTACHED;
        ExecRequest request = new ExecRequest(
                exec.record.id(),
                process,
                attached && config.attachStdin(),
                attached && config.attachStdout(),
                attached && config.attachStderr(),
                size.or(config::terminalSize));
        Task ofContainer = containers.task(container.id().value());
        return attached ? ofContainer.exec(request) : startDetached(ofContainer, request);
    }

    /** A conflict is the container's and passes; any other failure is the exec's own, and its end. */
    private void neverRan(Exec exec, EngineException failure) {
        if (failure.kind() != EngineException.Kind.CONFLICT) {
            exec.record = exec.record.ended(codeOf(failure), clock.instant());
            remember(exec.record.id(), clock.instant());
        }
    }

    private static int codeOf(EngineException failure) {
        String reason = String.valueOf(failure.getMessage());
        return reason.contains("executable file not found") ? NOT_FOUND : NOT_STARTED;
    }

    private ExecTask startDetached(Task ofContainer, ExecRequest request) {
        Path directory = disk.makeDirectory(request.execId());
        try {
            return ofContainer.execDetached(request, directory);
        } catch (RuntimeException e) {
            disk.removeDirectory(request.execId());
            throw e;
        }
    }

    /** Keeps the record of a process that was started, now and at its end. The caller holds the exec's monitor. */
    private CompletableFuture<ExecExit> follow(Exec exec, ExecTask task, Streams streams) {
        exec.task = task;
        exec.detached = streams == Streams.DETACHED;
        exec.record = exec.record.running(task.pid());
        Optional<ExecTrace> trace = task.trace();
        if (trace.isPresent()) {
            disk.put(exec.record, trace);
        }
        return task.exit().thenApply(exit -> {
            ended(exec, exit.code());
            return exit;
        });
    }

    private void ended(Exec exec, int code) {
        String id = exec.record.id();
        synchronized (exec) {
            exec.record = exec.record.ended(code, clock.instant());
            exec.task = null;
            if (!exec.detached) {
                disk.remove(id);
            } else if (execs.containsKey(id)) {
                disk.put(exec.record, Optional.empty());
                disk.removeDirectory(id);
            }
        }
        remember(id, clock.instant());
        containers
                .find(exec.record.container())
                .ifPresent(container -> publish(container, "exec_die", id, Map.of("exitCode", Integer.toString(code))));
    }

    /** Keeps one that has ended readable for its time, which passes whether or not anybody asks for another. */
    private void remember(String id, Instant endedAt) {
        endedOnes.add(id);
        while (endedOnes.size() > MOST_ENDED) {
            Optional.ofNullable(endedOnes.poll()).ifPresent(this::drop);
        }
        Duration left = Duration.between(clock.instant(), endedAt.plus(KEPT_AFTER_END));
        CompletableFuture.delayedExecutor(Math.max(0, left.toMillis()), TimeUnit.MILLISECONDS, adoption.executor())
                .execute(() -> {
                    endedOnes.remove(id);
                    drop(id);
                });
    }

    private void drop(String id) {
        Exec gone = execs.remove(id);
        if (gone != null && gone.detached) {
            disk.remove(id);
        }
    }

    /** Takes up what an earlier life of the daemon left. Called once, after the containers are recovered. */
    public void recover() {
        disk.strays().forEach(adoption::discard);
        for (ExecRecords.Stored stored : disk.all()) {
            Exec exec = new Exec(stored.record());
            String id = stored.record().id();
            Optional<ExecTrace> trace = stored.trace();
            if (!containers.isKnown(stored.record().container())) {
                disk.remove(id);
            } else if (trace.isPresent()) {
                execs.put(id, exec);
                synchronized (exec) {
                    boolean detached = trace.get().directory().isPresent();
                    CompletableFuture<ExecExit> unused =
                            follow(exec, adoption.adopt(trace.get()), detached ? Streams.DETACHED : Streams.ATTACHED);
                }
            } else {
                exec.detached = true;
                execs.put(id, exec);
                remember(id, stored.record().endedAt().orElseGet(clock::instant));
            }
        }
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
        requireAwake(container, container.id().value());
    }

    private static void requireAwake(ContainerRecord container, String reference) {
        if (container.state().paused()) {
            // compat: docker's text
            throw EngineException.conflict("Container " + reference + " is paused, unpause the container before exec");
        }
    }

    /** Forgets the execs of a container that is gone. */
    public void forget(String container) {
        execs.values().stream()
                .map(e -> e.record)
                .filter(r -> r.container().value().equals(container))
                .forEach(r -> drop(r.id()));
    }

    private void sweep() {
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
