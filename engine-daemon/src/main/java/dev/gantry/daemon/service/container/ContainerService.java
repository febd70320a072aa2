package dev.gantry.daemon.service.container;

import dev.gantry.daemon.failpoint.Failpoint;
import dev.gantry.daemon.runtime.Attachment;
import dev.gantry.daemon.runtime.Task;
import dev.gantry.daemon.runtime.cgroup.CgroupSupport;
import dev.gantry.daemon.runtime.cgroup.ContainerCgroup;
import dev.gantry.daemon.runtime.spec.ProcessSpec;
import dev.gantry.daemon.service.archive.ContainerRoot;
import dev.gantry.daemon.service.archive.ContainerRoot.Access;
import dev.gantry.daemon.service.container.ContainerRemoval.AnonymousVolumes;
import dev.gantry.daemon.service.container.ContainerRemoval.Force;
import dev.gantry.daemon.store.snapshot.SnapshotLease;
import dev.gantry.daemon.type.ContainerId;
import dev.gantry.daemon.type.EngineException;
import dev.gantry.daemon.type.Signal;
import dev.gantry.daemon.type.TerminalSize;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * Containers and their life cycle. A reference is a full id, a name, or a unique prefix of an id. Safe for use by many
 * threads; each container's steps happen one after the other, and no reader ever waits for them.
 */
public final class ContainerService {

    private final Engine engine;
    private final ContainerCreation creation;
    private final ContainerStart starter;
    private final ContainerStop stopper;
    private final ContainerPause pauser;
    private final ContainerUpdate updater;
    private final ContainerPrune pruner;
    private final ContainerRemoval removal;
    private final ContainerRestarts restarts;

    ContainerService(
            Engine engine,
            ContainerCreation creation,
            ContainerStart starter,
            ContainerStop stopper,
            ContainerPause pauser,
            ContainerRemoval removal,
            ContainerRestarts restarts) {
        this.engine = engine;
        this.creation = creation;
        this.starter = starter;
        this.stopper = stopper;
        this.pauser = pauser;
        this.updater = new ContainerUpdate(engine);
        this.pruner = new ContainerPrune(engine, removal);
        this.removal = removal;
        this.restarts = restarts;
    }

    /**
     * What was made.
     *
     * @param id the new container
     * @param warnings for the user
     */
    public record CreatedContainer(ContainerId id, List<String> warnings) {}

    /** Makes a container; it does not run yet. */
    public CreatedContainer create(ContainerRequest request) {
        ContainerCreation.Created created = creation.create(request);
        return new CreatedContainer(created.id(), created.warnings());
    }

    /** All containers, newest first. */
    public List<ContainerRecord> list() {
        return engine.index().records();
    }

    /**
     * Gives a container as it stands.
     *
     * @throws EngineException not found, or invalid where a prefix fits several
     */
    public ContainerRecord get(String reference) {
        return engine.index().find(reference).record();
    }

    /** A container as it stands; empty where it has gone. */
    public Optional<ContainerRecord> find(ContainerId id) {
        return engine.index().findExact(id).map(Container::record);
    }

    /** Whether there is such a container. */
    public boolean isKnown(ContainerId id) {
        return engine.index().mentions(id);
    }

    /** The name of the OCI runtime that runs a container. */
    public String runtimeName(ContainerRecord record) {
        return engine.runtimes().nameFor(record);
    }

    /** Where the container's files lie. */
    public ContainerDirectories directories() {
        return engine.directories();
    }

    /** Starts a container; not modified where it runs. */
    public void start(String reference) {
        starter.start(engine.index().find(reference));
    }

    /**
     * Stops a container: a signal, a time to end in peace, then KILL; not modified where it does not run.
     *
     * @param signal absent: the container's own
     * @param timeout absent: the container's own; negative: for ever
     */
    public void stop(String reference, Optional<Signal> signal, Optional<Duration> timeout) {
        stopper.stop(engine.index().find(reference), signal, timeout);
    }

    /** Stops a container if it runs, and starts it. */
    public void restart(String reference, Optional<Signal> signal, Optional<Duration> timeout) {
        Container container = engine.index().find(reference);
        container.restarting(true);
        try {
            stopIfRunning(container, signal, timeout);
            starter.start(container);
        } finally {
            container.restarting(false);
        }
        engine.events().publish(container.record(), "restart");
    }

    private void stopIfRunning(Container container, Optional<Signal> signal, Optional<Duration> timeout) {
        try {
            stopper.stop(container, signal, timeout);
        } catch (EngineException e) {
            if (e.kind() != EngineException.Kind.NOT_MODIFIED) {
                throw e;
            }
        }
    }

    /** Has somebody told of what happens to containers from now on. */
    public void observe(ContainerObserver observer) {
        engine.observers().add(observer);
    }

    /** Does to a container what is asked for when it is unhealthy; nothing where it does not run any more. */
    public void actOnFailingHealth(String reference) {
        Container container = engine.index().find(reference);
        ContainerConfig config = container.record().config();
        switch (container.record().host().healthAction()) {
            case NONE -> {}
            case KILL -> stopper.end(container, Signal.KILL, config.effectiveStopTimeout());
            case RESTART -> {
                wishRestart(container);
                stopper.end(container, config.effectiveStopSignal(), config.effectiveStopTimeout());
            }
            case STOP -> stopIfRunning(container, Optional.empty(), Optional.empty());
        }
    }

    private static void wishRestart(Container container) {
        container.exclusively(() -> {
            if (container.state().running()) {
                container.wishRestart();
            }
            return container;
        });
    }

    /** Gives a container another restart policy, which holds at once. */
    public void changeRestartPolicy(String reference, RestartPolicy policy) {
        Container container = engine.index().find(reference);
        if (container.record().host().autoRemove() && policy.kind() != RestartPolicy.Kind.NO) {
            // compat: docker's text
            throw EngineException.conflict(
                    "Restart policy cannot be updated because AutoRemove is enabled for the container");
        }
        container.exclusively(() -> {
            requireNotGoing(container);
            restarts.change(container, policy);
            return container;
        });
    }

    /** Sends a signal to the first process; with KILL, returns when it has ended. */
    public void kill(String reference, Signal signal) {
        stopper.kill(engine.index().find(reference), signal);
    }

    /** Stops all processes of a container where they are; conflict where it does not run or is paused. */
    public void pause(String reference) {
        pauser.pause(engine.index().find(reference));
    }

    /** Lets a paused container's processes go on. */
    public void unpause(String reference) {
        pauser.unpause(engine.index().find(reference));
    }

    /**
     * Runs something while a container's processes stand still; they go on afterwards, also where the daemon dies in
     * between. One that does not run, or is paused anyway, stays as it is.
     */
    public <T> T whilePaused(String reference, Supplier<T> work) {
        return pauser.during(engine.index().find(reference), work);
    }

    /** Removes all containers that do not run and are chosen. */
    public ContainerPrune.Pruned prune(Predicate<ContainerRecord> chosen) {
        return pruner.prune(chosen);
    }

    /** Changes what a container may take from the host; a running one feels it at once. */
    public void update(String reference, Function<ContainerRecord, ContainerUpdate.Change> change) {
        updater.update(engine.index().find(reference), change);
    }

    /** What this host's kernel can limit. */
    public CgroupSupport limitsSupport() {
        return engine.cgroups().layout().support();
    }

    /** The cgroup of a container, which is there while it runs. */
    public ContainerCgroup cgroup(ContainerRecord record) {
        return engine.cgroups().of(record);
    }

    /** Gives a container another name. */
    public void rename(String reference, String newName) {
        if (newName.isEmpty()) {
            // compat: docker's text
            throw EngineException.invalid("Neither old nor new names may be empty");
        }
        Container container = engine.index().find(reference);
        String name = newName(() -> ContainerNames.checked(newName));
        container.exclusively(() -> {
            requireNotGoing(container);
            ContainerRecord before = container.record();
            if (before.name().equals(name)) {
                throw EngineException.invalid("Renaming a container with the same name as its current name");
            }
            if (!engine.index().tryReserve(name, before.id())) {
                newName(() -> {
                    engine.index().reserve(name, before.id());
                    return name;
                });
            }
            saveRenamed(before.withName(name));
            container.replace(before.withName(name));
            Failpoint.RENAME_RECORD.reach();
            engine.index().release(before.name(), before.id());
            engine.events().publish(container.record(), "rename", Map.of("oldName", "/" + before.name()));
            return container;
        });
    }

    private void saveRenamed(ContainerRecord renamed) {
        try {
            engine.index().save(renamed);
        } catch (RuntimeException notWritten) {
            engine.index().release(renamed.name(), renamed.id());
            throw notWritten;
        }
    }

    /** compat: docker puts its words before what is wrong with a new name. */
    private static String newName(Supplier<String> step) {
        try {
            return step.get();
        } catch (EngineException e) {
            throw new EngineException(e.kind(), "Error when allocating new name: " + e.getMessage(), e);
        }
    }

    /** What is written down after its removal has begun would come back at the next start. */
    private static void requireNotGoing(Container container) {
        if (container.state().status() == ContainerState.Status.REMOVING) {
            throw EngineException.conflict("container " + container.id() + " is marked for removal");
        }
    }

    /**
     * How a container is removed.
     *
     * @param force whether a running one is killed first
     * @param anonymousVolumes whether its anonymous volumes go with it
     */
    public record RemoveOptions(boolean force, boolean anonymousVolumes) {}

    /** Removes a container; conflict where it runs and force is not asked for. */
    public void remove(String reference, RemoveOptions options) {
        removal.remove(
                engine.index().find(reference),
                options.force() ? Force.KILL_RUNNING : Force.REFUSE_RUNNING,
                options.anonymousVolumes() ? AnonymousVolumes.REMOVE : AnonymousVolumes.KEEP);
    }

    /** Completes when the condition is met. Cancelling the answer has no effect on others. */
    public CompletableFuture<ExitStatus> waitFor(String reference, WaitCondition condition) {
        return engine.index().find(reference).waitFor(condition);
    }

    /**
     * Connects to the streams of a container: now where it runs, else just before its next start. The caller closes
     * the attachment, or cancels the future where it no longer wants it.
     */
    public CompletableFuture<Attachment> attach(String reference, boolean stdin) {
        Container container = engine.index().find(reference);
        CompletableFuture<Attachment> attachment = container.attach(stdin);
        engine.events().publish(container.record(), "attach");
        return attachment;
    }

    /** Sets the size of a running container's terminal. */
    public void resize(String reference, TerminalSize size) {
        Container container = engine.index().find(reference);
        runningTask(container).resize(size);
        engine.events()
                .publish(
                        container.record(),
                        "resize",
                        Map.of(
                                "height", Integer.toString(size.height()),
                                "width", Integer.toString(size.width())));
    }

    /** The process of a running container, for further processes. */
    public Task task(String reference) {
        return runningTask(engine.index().find(reference));
    }

    private static Task runningTask(Container container) {
        return container.task().filter(t -> container.state().running()).orElseThrow(container.record()::notRunning);
    }

    /** What a further process in a running container is to be, in full. */
    public ProcessSpec furtherProcess(
            ContainerRecord record,
            List<String> argv,
            List<String> env,
            String user,
            String workingDirectory,
            boolean terminal,
            boolean privileged) {
        Container container = engine.index().find(record.id().value());
        try (ContainerRoot root = runningRoot(container)) {
            return engine.specs()
                    .furtherProcess(
                            record,
                            new ContainerSpecs.FurtherProcess(argv, env, user, workingDirectory, terminal, privileged),
                            root.directory());
        }
    }

    /** What containers write. */
    public ContainerLogs logs() {
        return engine.logs();
    }

    /** Removes what a container has written so far; gives the bytes freed. */
    public long pruneLog(String reference) {
        Container container = engine.index().find(reference);
        return container.exclusively(() -> engine.logs()
                .prune(
                        container.record(),
                        container.task().filter(t -> container.state().running())));
    }

    /** Says on the event bus what happens to containers. */
    public ContainerEvents events() {
        return engine.events();
    }

    /**
     * Runs something on a container's files as its processes see them, volumes included. However long that takes, the
     * container can be started, ended and removed meanwhile: the files stay until it is done.
     */
    public <T> T withRoot(String reference, BiFunction<ContainerRecord, ContainerRoot, T> work) {
        Container container = engine.index().find(reference);
        try (ContainerRoot root = root(container)) {
            return work.apply(container.record(), root);
        }
    }

    private ContainerRoot root(Container container) {
        return container.state().running()
                ? runningRoot(container)
                : container.exclusively(() -> {
                    requireNotGoing(container);
                    return container.state().running() ? runningRoot(container) : stoppedRoot(container.record());
                });
    }

    private ContainerRoot stoppedRoot(ContainerRecord record) {
        SnapshotLease lease = engine.snapshots().lease(record.id());
        MountStage stage = engine.mounts().stage();
        try {
            stage.open(record);
            return ContainerRoot.stopped(lease.path(), rootAccess(record), mounts(record), lease::close);
        } catch (RuntimeException e) {
            lease.close();
            throw e;
        } finally {
            // the root has mounts of its own by now
            stage.close(record);
        }
    }

    /** The number of a process that has ended may be another's, so it must still be the container's once the root is open. */
    private static ContainerRoot runningRoot(Container container) {
        int pid = livingPid(container);
        ContainerRoot root = ContainerRoot.running(pid);
        if (runningTask(container).pid() != pid) {
            root.close();
            throw container.record().notRunning();
        }
        return root;
    }

    private static int livingPid(Container container) {
        int pid = runningTask(container).pid();
        if (pid == 0) {
            throw container.record().notRunning();
        }
        return pid;
    }

    /** The numbers of the user that a container's processes run as, looked up in its own files. */
    public ProcessSpec.ResolvedUser userOf(ContainerRecord record, ContainerRoot root) {
        return UserLookup.in(root.directory()).resolve(record.config().user(), List.of());
    }

    private static Access rootAccess(ContainerRecord record) {
        return record.host().readOnlyRoot() ? Access.READ_ONLY : Access.READ_WRITE;
    }

    private List<ContainerRoot.Mount> mounts(ContainerRecord record) {
        MountStage stage = engine.mounts().stage();
        return record.mounts().stream()
                .flatMap(m -> stage.source(record, m).stream()
                        .map(source -> new ContainerRoot.Mount(
                                source,
                                m.destination(),
                                m.request().readOnly() ? Access.READ_ONLY : Access.READ_WRITE)))
                .toList();
    }
}
