package dev.gantry.daemon.service.container;

import dev.gantry.daemon.failpoint.Failpoint;
import dev.gantry.daemon.linux.file.FileTree;
import dev.gantry.daemon.runtime.Task;
import dev.gantry.daemon.runtime.TaskExit;
import dev.gantry.daemon.store.snapshot.SnapshotStore;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;

/**
 * Does what is to be done when a container's process ends: waiters are told first, then its network, mounts and
 * runtime state go, then the container itself where it was to be removed.
 */
final class ContainerExit {

    private static final Logger LOG = System.getLogger(ContainerExit.class.getName());

    private final LateRecords late;
    private final ContainerDirectories directories;
    private final SnapshotStore snapshots;
    private final ContainerNetwork network;
    private final MountStage stage;
    private final SharedMemory sharedMemory;
    private final ContainerEvents events;
    private final ContainerLogs logs;
    private final ContainerRemoval removal;
    private final ContainerRestarts restarts;
    private final Runtimes runtimes;
    private final ContainerObserver observers;
    private final Executor executor;

    ContainerExit(Engine engine, ContainerRemoval removal, ContainerRestarts restarts, LateRecords late) {
        this.late = late;
        this.directories = engine.directories();
        this.snapshots = engine.snapshots();
        this.network = engine.network();
        this.stage = engine.mounts().stage();
        this.sharedMemory = engine.specs().sharedMemory();
        this.events = engine.events();
        this.logs = engine.logs();
        this.runtimes = engine.runtimes();
        this.observers = engine.observers();
        this.executor = engine.executor();
        this.removal = removal;
        this.restarts = restarts;
    }

    /**
     * Sees to it that the end of a process is handled, whenever it comes, on a thread of the engine's. The answer
     * completes when that is done.
     */
    CompletableFuture<Void> watch(Container container, Task task) {
        return task.exit()
                .thenAcceptAsync(exit -> ended(container, task, exit), executor)
                .whenComplete((done, failure) -> {
                    if (failure != null) {
                        LOG.log(
                                Level.ERROR,
                                "container exit not handled id="
                                        + container.id().shortForm(),
                                failure);
                    }
                });
    }

    private void ended(Container container, Task task, TaskExit exit) {
        boolean gone = container.exclusively(() -> {
            if (container.task().filter(current -> current == task).isEmpty()) {
                return false;
            }
            settle(container, exit);
            return true;
        });
        if (gone
                && container.record().host().autoRemove()
                && !container.restarting()
                && !container.state().up()) {
            removal.removeEnded(container);
        }
    }

    /** Puts the end on record and takes away what only a running container has. The container's lock is held. */
    void settle(Container container, TaskExit exit) {
        ContainerRecord record = container.record();
        boolean again = restarts.decide(container, record.state().exited(exit.code(), exit.outOfMemory(), exit.at()));
        observers.ended(container.record());
        events.publish(container.record(), "die", attributes(record, exit));
        if (exit.outOfMemory()) {
            events.publish(container.record(), "oom");
        }
        logs.end(record);
        container.announceExit(new ExitStatus(exit.code(), ""));
        release(container);
        if (again) {
            restarts.plan(container, uptime(record, exit));
        }
    }

    private static Duration uptime(ContainerRecord record, TaskExit exit) {
        Duration between = record.state()
                .startedAt()
                .map(at -> Duration.between(at, exit.at()))
                .orElse(Duration.ZERO);
        // the two times are not of the same precision
        return between.isNegative() ? Duration.ZERO : between;
    }

    private void release(Container container) {
        ContainerRecord record = container.record();
        record.state().endpoints().forEach(endpoint -> {
            network.disconnect(endpoint);
            events.publishNetwork(record, endpoint, network.idOf(endpoint), "disconnect");
        });
        record.state().sandboxId().ifPresent(network::deleteSandbox);
        container.replace(record.withState(record.state().disconnected()));
        Failpoint.EXIT_DISCONNECTED.reach();
        // before the monitor's own record of the exit goes: a crash between the two must not lose the exit code
        late.save(container);
        Failpoint.EXIT_RECORD.reach();
        Path bundle = directories.bundle(record.id());
        container.task().ifPresentOrElse(Task::delete, () -> runtimes.of(record).purge(record.id(), bundle));
        container.replaceTask(null);
        FileTree.delete(bundle);
        stage.close(record);
        sharedMemory.close(record.id());
        Failpoint.EXIT_PURGED.reach();
        snapshots.unmount(record.id());
    }

    private static Map<String, String> attributes(ContainerRecord record, TaskExit exit) {
        Map<String, String> attributes = new HashMap<>();
        attributes.put("exitCode", Integer.toString(exit.code()));
        record.state()
                .startedAt()
                .ifPresent(started -> attributes.put(
                        "execDuration", Long.toString(uptime(record, exit).toSeconds())));
        return attributes;
    }
}
