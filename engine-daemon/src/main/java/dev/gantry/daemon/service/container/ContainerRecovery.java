package dev.gantry.daemon.service.container;

import dev.gantry.daemon.linux.file.FileTree;
import dev.gantry.daemon.network.Endpoint;
import dev.gantry.daemon.network.NetworkController;
import dev.gantry.daemon.runtime.OciRuntime;
import dev.gantry.daemon.runtime.Task;
import dev.gantry.daemon.runtime.TaskExit;
import dev.gantry.daemon.runtime.cgroup.CgroupLayout;
import dev.gantry.daemon.store.snapshot.Snapshot;
import dev.gantry.daemon.type.ContainerId;
import dev.gantry.daemon.type.EngineException;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;

/**
 * Takes up, at the daemon's start, what its earlier life left: running containers are adopted, those that ended
 * meanwhile get their exit codes, and whatever was half-made or half-removed is taken away.
 */
public final class ContainerRecovery {

    private static final Logger LOG = System.getLogger(ContainerRecovery.class.getName());

    /** What docker reports for a container whose end nobody saw. */
    private static final int UNKNOWN_EXIT = 255;

    /** A monitor ends soon after its process, once the last output is written. */
    private static final Duration ENDS_DEADLINE = Duration.ofSeconds(10);

    /** How long the restarts wait for the ends of what ended meanwhile to be handled. */
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final Engine engine;
    private final NetworkController networks;
    private final CgroupLayout cgroups;
    private final ContainerExit exits;
    private final ContainerRemoval removal;
    private final ContainerRestarts restarts;
    private final List<CompletableFuture<Void>> ends = new ArrayList<>();

    ContainerRecovery(
            Engine engine,
            NetworkController networks,
            CgroupLayout cgroups,
            ContainerExit exits,
            ContainerRemoval removal,
            ContainerRestarts restarts) {
        this.engine = engine;
        this.networks = networks;
        this.cgroups = cgroups;
        this.exits = exits;
        this.removal = removal;
        this.restarts = restarts;
    }

    /** Brings records and truth together. Called once, before the first request. */
    public void recover() {
        ContainerDirectories directories = engine.directories();
        ContainerDirectories.make(directories.homes());
        ContainerDirectories.make(directories.bundles());
        holdVolumes();
        networks.reconcile(liveEndpoints());
        int adopted = 0;
        for (Container container : List.copyOf(engine.index().all())) {
            if (container.state().running()) {
                adopted += adopt(container) ? 1 : 0;
            } else {
                clearUp(container);
            }
        }
        awaitEnds();
        sweep();
        LOG.log(
                Level.INFO,
                "containers recovered known={0} adopted={1}",
                engine.index().all().size(),
                adopted);
        startAgain();
    }

    /** Starts what is to be started, in its order, behind the answers to clients. */
    private void startAgain() {
        CompletableFuture<Void> unused = CompletableFuture.allOf(ends.toArray(CompletableFuture[]::new))
                .orTimeout(PATIENCE.toSeconds(), TimeUnit.SECONDS)
                .whenCompleteAsync((done, late) -> restarts.open(), engine.executor());
    }

    private void holdVolumes() {
        new UnreadableContainers(engine.index(), engine.volumes()).hold();
        for (Container container : engine.index().all()) {
            engine.mounts().unborn().forget(container.id());
            for (MountPoint mount : container.record().mounts()) {
                mount.volumeName().ifPresent(name -> engine.volumes().hold(name, container.id()));
            }
        }
    }

    private Map<String, List<Endpoint>> liveEndpoints() {
        Map<String, List<Endpoint>> live = new HashMap<>();
        for (Container container : engine.index().all()) {
            ContainerState state = container.state();
            if (state.running()) {
                state.sandboxId().ifPresent(id -> live.put(id, state.endpoints()));
            }
        }
        return live;
    }

    /** What ended while no daemon looked is on record before anybody asks: else it could be neither started nor entered. */
    private void awaitEnds() {
        try {
            CompletableFuture.allOf(ends.toArray(CompletableFuture[]::new))
                    .get(ENDS_DEADLINE.toSeconds(), TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException e) {
            LOG.log(Level.WARNING, "ends of containers not all handled at start reason={0}", String.valueOf(e));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw EngineException.unavailable("interrupted while the ends of containers were handled");
        }
    }

    private boolean adopt(Container container) {
        ContainerRecord record = container.record();
        OciRuntime runtime = engine.runtimes().of(record);
        Optional<Task> task = runtime.adopt(record.id(), engine.directories().bundle(record.id()));
        container.exclusively(() -> {
            task.ifPresentOrElse(
                    container::replaceTask,
                    () -> exits.settle(
                            container,
                            new TaskExit(UNKNOWN_EXIT, false, engine.clock().instant())));
            return container;
        });
        task.ifPresent(found -> {
            CompletableFuture<Void> end = exits.watch(container, found);
            if (found.pid() == 0) {
                ends.add(end);
            }
        });
        if (task.isEmpty() && record.host().autoRemove()) {
            removal.removeEnded(container);
        }
        return task.isPresent();
    }

    /** A start that the daemon's death cut short leaves a bundle, perhaps a process, perhaps a mount. */
    private void clearUp(Container container) {
        ContainerRecord record = container.record();
        Path bundle = engine.directories().bundle(record.id());
        if (Files.exists(bundle)) {
            engine.runtimes().of(record).purge(record.id(), bundle);
            FileTree.delete(bundle);
        }
        engine.snapshots().unmount(record.id());
        if (record.state().status() == ContainerState.Status.REMOVING) {
            removal.finish(container, ContainerRemoval.AnonymousVolumes.REMOVE);
            return;
        }
        boolean ended = record.state().finishedAt().isPresent()
                || !record.state().error().isEmpty();
        if (record.host().autoRemove() && ended) {
            removal.removeEnded(container);
        } else {
            restarts.revive(container);
        }
    }

    private void sweep() {
        for (ContainerId stray : strays(engine.directories().bundles())) {
            Path bundle = engine.directories().bundle(stray);
            engine.runtimes().byName().values().forEach(runtime -> runtime.purge(stray, bundle));
            FileTree.delete(bundle);
        }
        for (Snapshot snapshot : engine.snapshots().list()) {
            if (unknown(snapshot.id())) {
                engine.snapshots().remove(snapshot.id());
            }
        }
        for (ContainerId stray : strays(engine.directories().homes())) {
            engine.mounts().unborn().of(stray).forEach(engine.volumes()::removeIfUnused);
            FileTree.delete(engine.directories().home(stray));
        }
        sweepCgroups();
    }

    /** A runtime that died between making a cgroup and writing its state down left one that nobody else will remove. */
    private void sweepCgroups() {
        Set<ContainerId> running = engine.index().all().stream()
                .filter(container -> container.state().running())
                .map(Container::id)
                .collect(Collectors.toSet());
        for (ContainerId id : cgroups.present()) {
            if (!running.contains(id) && !cgroups.removeLeftover(id)) {
                LOG.log(Level.WARNING, "cgroup left, processes are in it id={0}", id.shortForm());
            }
        }
    }

    private List<ContainerId> strays(Path directory) {
        List<ContainerId> strays = new ArrayList<>();
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(directory, "[0-9a-f]*")) {
            for (Path entry : entries) {
                String name = entry.getFileName().toString();
                if (name.length() == 64 && unknown(new ContainerId(name))) {
                    strays.add(new ContainerId(name));
                }
            }
        } catch (IOException e) {
            throw EngineException.internal("listing " + directory + ": " + e.getMessage(), e);
        }
        return strays;
    }

    /** What belongs to a record that cannot be read is the user's all the same and stays. */
    private boolean unknown(ContainerId id) {
        return !engine.index().mentions(id);
    }
}
