package dev.gantry.daemon.service.container;

import dev.gantry.daemon.failpoint.Failpoint;
import dev.gantry.daemon.linux.file.FileTree;
import dev.gantry.daemon.network.Endpoint;
import dev.gantry.daemon.network.Sandbox;
import dev.gantry.daemon.runtime.OciRuntime;
import dev.gantry.daemon.runtime.Task;
import dev.gantry.daemon.runtime.TaskRequest;
import dev.gantry.daemon.service.container.ContainerState.Status;
import dev.gantry.daemon.store.snapshot.SnapshotStore;
import dev.gantry.daemon.type.EngineException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;

/**
 * Starts containers: mounts the root file system, makes the network sandbox, writes the bundle, creates the process
 * under its monitor, connects those who wait to be attached, and lets it run. The network is connected while the
 * runtime creates the process. Whatever fails, everything made so far is taken away again.
 */
final class ContainerStart {

    /** A monitor ends soon after its process, once the last output is written. */
    private static final Duration END_DEADLINE = Duration.ofSeconds(10);

    private static final Logger LOG = System.getLogger(ContainerStart.class.getName());

    private final LateRecords late;
    private final ContainerIndex index;
    private final ContainerDirectories directories;
    private final SnapshotStore snapshots;
    private final ContainerNetwork network;
    private final ContainerSpecs specs;
    private final ContainerMounts mounts;
    private final Runtimes runtimes;
    private final ContainerExit exits;
    private final ContainerRemoval removal;
    private final ContainerRestarts restarts;
    private final ContainerEvents events;
    private final ContainerObserver observers;
    private final ContainerLogs logs;
    private final Executor executor;
    private final Clock clock;

    ContainerStart(
            Engine engine,
            ContainerExit exits,
            ContainerRemoval removal,
            ContainerRestarts restarts,
            LateRecords late) {
        this.late = late;
        this.index = engine.index();
        this.directories = engine.directories();
        this.snapshots = engine.snapshots();
        this.network = engine.network();
        this.specs = engine.specs();
        this.mounts = engine.mounts();
        this.runtimes = engine.runtimes();
        this.events = engine.events();
        this.observers = engine.observers();
        this.logs = engine.logs();
        this.executor = engine.executor();
        this.clock = engine.clock();
        this.exits = exits;
        this.removal = removal;
        this.restarts = restarts;
    }

    /**
     * Starts a container that does not run.
     *
     * @throws EngineException not modified where it runs already; else the reason, which is then on record too
     */
    void start(Container container) {
        awaitEndUnderway(container);
        try {
            startExclusively(container);
        } catch (EngineException failure) {
            // compat: the docker CLI waits for the removal of a container whose start failed
            boolean failedToRun = failure.kind() != EngineException.Kind.NOT_MODIFIED
                    && !container.state().error().isEmpty();
            if (failedToRun && container.record().host().autoRemove()) {
                removal.removeEnded(container);
            }
            throw failure;
        }
    }

    /** An end is handled some moments after it came; who starts the container in between is not to be told that it runs. */
    private static void awaitEndUnderway(Container container) {
        if (hasEnded(container)) {
            CompletableFuture<ExitStatus> end = container.waitFor(WaitCondition.NEXT_EXIT);
            if (hasEnded(container) && ContainerStop.ended(end, END_DEADLINE)) {
                container.exclusively(() -> container);
            }
        }
    }

    private static boolean hasEnded(Container container) {
        return container.state().running()
                && container.task().filter(task -> task.pid() == 0).isPresent();
    }

    private void startExclusively(Container container) {
        container.exclusively(() -> {
            requireStartable(container);
            // a user's start begins a new series of restarts
            container.replace(container.record().withRestarts(0, false));
            container.backoff().reset();
            container.takeRestartWish();
            try {
                launch(container);
            } catch (RuntimeException reason) {
                throw recordFailure(container, reason);
            }
            return container;
        });
    }

    /**
     * Starts a container whose restart is due, unless that was called off. A start that fails is a run that failed: the
     * container's policy says whether there is another.
     */
    void startAgain(Container container) {
        container.exclusively(() -> {
            if (container.state().status() != Status.RESTARTING) {
                return container;
            }
            try {
                launch(container);
            } catch (RuntimeException reason) {
                EngineException failure = StartFailure.classified(reason);
                LOG.log(
                        Level.WARNING,
                        "container restart failed container={0} name={1} reason={2}",
                        container.id().shortForm(),
                        container.record().name(),
                        failure.getMessage());
                recordFailedRestart(container, failure);
            }
            return container;
        });
    }

    private void launch(Container container) {
        Undo undo = new Undo();
        try {
            Started started = startProcess(container, undo);
            CompletableFuture<Void> unused = exits.watch(container, started.task());
            container.replace(container.record().withState(started.state()));
            index.save(container.record());
        } catch (RuntimeException failure) {
            throw undo.after(failure);
        }
        network.announce(container.record());
        events.publish(container.record(), "start");
        observers.started(container.record());
    }

    private record Started(Task task, ContainerState state) {}

    private static void requireStartable(Container container) {
        Status status = container.state().status();
        if (status == Status.RUNNING || status == Status.RESTARTING) {
            throw EngineException.notModified("container " + container.id() + " is already running");
        }
        if (status == Status.PAUSED) {
            // compat: docker's text
            throw EngineException.conflict("cannot start a paused container, try unpause instead");
        }
        if (status == Status.REMOVING || status == Status.DEAD) {
            // compat: docker's text
            throw EngineException.conflict("container is marked for removal and cannot be started");
        }
    }

    private Started startProcess(Container container, Undo undo) {
        ContainerRecord record = container.record();
        Path bundle = directories.bundle(record.id());
        Path rootfs = snapshots.mount(record.id());
        undo.add(() -> snapshots.unmount(record.id()));
        network.links().requireRunning(record);
        undo.add(() -> mounts.stage().close(record));
        mounts.prepare(record);
        undo.add(() -> specs.sharedMemory().close(record.id()));
        specs.sharedMemory().open(record);
        Optional<Sandbox> sandbox = network.createSandbox(record);
        sandbox.ifPresent(made -> undo.add(() -> network.deleteSandbox(made.id())));
        Failpoint.START_SANDBOX.reach();
        CompletableFuture<List<Endpoint>> connecting =
                CompletableFuture.supplyAsync(() -> network.connect(record, sandbox), executor);
        undo.add(() -> disconnectWhenConnected(connecting));
        ContainerDirectories.make(bundle);
        undo.add(() -> FileTree.delete(bundle));
        OciRuntime runtime = runtimes.of(record);
        undo.add(() -> runtime.purge(record.id(), bundle));
        network.prepareFiles(record);
        Optional<String> newProfile = specs.write(record, rootfs, sandbox, bundle, runtime.compiledFilters());
        ContainerLogs.Target log = logs.prepare(record);
        Failpoint.START_BUNDLE.reach();
        Task task = runtime.create(request(record, bundle, log, newProfile));
        undo.add(task::delete);
        undo.add(() -> logs.end(record));
        logs.begin(record, task);
        Failpoint.START_CREATED.reach();
        List<Endpoint> endpoints = joined(connecting);
        network.writeNames(record, endpoints);
        endpoints.forEach(e -> events.publishNetwork(record, e, network.idOf(e), "connect"));
        container.replaceTask(task);
        undo.add(() -> container.replaceTask(null));
        container.connectPending(task);
        task.start();
        Failpoint.START_RUNNING.reach();
        return new Started(
                task, record.state().started(task.pid(), clock.instant(), sandbox.map(Sandbox::id), endpoints));
    }

    private void disconnectWhenConnected(CompletableFuture<List<Endpoint>> connecting) {
        try {
            connecting.join().forEach(network::disconnect);
        } catch (CompletionException notConnected) {
            // connect() takes its own half-done work away before it fails
            return;
        }
    }

    private static List<Endpoint> joined(CompletableFuture<List<Endpoint>> connecting) {
        try {
            return connecting.join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof RuntimeException cause) {
                throw cause;
            }
            throw e;
        }
    }

    private static TaskRequest request(
            ContainerRecord record, Path bundle, ContainerLogs.Target log, Optional<String> newProfile) {
        ContainerConfig.Streams streams = record.config().streams();
        return new TaskRequest(
                record.id(),
                bundle,
                log.file(),
                log.maxBytes(),
                streams.terminal(),
                streams.openStdin(),
                streams.stdinOnce(),
                newProfile);
    }

    private void recordFailedRestart(Container container, EngineException failure) {
        String message = failure.getMessage() == null ? "" : failure.getMessage();
        int code = StartFailure.exitCode(message);
        boolean again = restarts.decide(container, container.state().failedToRestart(code, message, clock.instant()));
        index.save(container.record());
        container.announceExit(new ExitStatus(code, message));
        if (again) {
            restarts.plan(container, Duration.ZERO);
        }
    }

    private EngineException recordFailure(Container container, RuntimeException reason) {
        EngineException failure = StartFailure.classified(reason);
        String message = failure.getMessage() == null ? "" : failure.getMessage();
        int code = StartFailure.exitCode(message);
        container.replace(container.record().withState(container.state().failedToStart(code, message)));
        late.save(container);
        container.failPending(failure);
        container.announceExit(new ExitStatus(code, message));
        return failure;
    }
}
