package dev.gantry.daemon.service.container;

import dev.gantry.daemon.failpoint.Failpoint;
import dev.gantry.daemon.linux.file.FileTree;
import dev.gantry.daemon.service.container.ContainerState.Status;
import dev.gantry.daemon.service.volume.VolumeService;
import dev.gantry.daemon.store.snapshot.SnapshotStore;
import dev.gantry.daemon.type.EngineException;
import dev.gantry.daemon.type.Signal;
import java.util.List;
import java.util.Locale;

/** Removes containers with everything that is theirs. */
final class ContainerRemoval {

    private final ContainerIndex index;
    private final ContainerDirectories directories;
    private final SnapshotStore snapshots;
    private final VolumeService volumes;
    private final ContainerEvents events;
    private final ContainerStop stopper;

    ContainerRemoval(Engine engine, ContainerStop stopper) {
        this.index = engine.index();
        this.directories = engine.directories();
        this.snapshots = engine.snapshots();
        this.volumes = engine.volumes();
        this.events = engine.events();
        this.stopper = stopper;
    }

    /** Whether a running container may be removed. */
    enum Force {
        REFUSE_RUNNING,
        KILL_RUNNING
    }

    /** What becomes of the anonymous volumes. */
    enum AnonymousVolumes {
        KEEP,
        REMOVE
    }

    /**
     * Removes a container. The removal is claimed before the process is killed: else that of a container which is
     * removed at its end would come between, and this one would fail.
     */
    void remove(Container container, Force force, AnonymousVolumes anonymous) {
        if (container.state().status() == Status.REMOVING || !container.claimRemoval()) {
            // compat: Ryuk and Testcontainers tolerate this text
            throw EngineException.conflict("removal of container " + container.id() + " is already in progress");
        }
        try {
            prepare(container, force);
        } catch (RuntimeException failure) {
            container.abandonRemoval();
            if (container.record().host().autoRemove()
                    && container.state().finishedAt().isPresent()) {
                removeEnded(container);
            }
            throw failure;
        }
        finish(container, anonymous);
    }

    private void prepare(Container container, Force force) {
        if (container.state().up()) {
            if (force == Force.REFUSE_RUNNING) {
                // compat: docker's text
                throw EngineException.conflict("cannot remove container \"/"
                        + container.record().name() + "\": container is "
                        + container.state().status().name().toLowerCase(Locale.ROOT)
                        + ": stop the container before removing or force remove");
            }
            killIfRunning(container);
        }
        container.exclusively(() -> {
            if (container.state().up()) {
                throw EngineException.conflict("container " + container.id() + " was started again meanwhile");
            }
            return begin(container);
        });
    }

    /** Removes a container that was to be removed at its end, unless somebody else does or has started it again. */
    void removeEnded(Container container) {
        if (!container.claimRemoval()) {
            return;
        }
        if (container.exclusively(() -> !container.state().up() && begin(container))) {
            finish(container, AnonymousVolumes.REMOVE);
        } else {
            container.abandonRemoval();
        }
    }

    private void killIfRunning(Container container) {
        try {
            stopper.kill(container, Signal.KILL);
        } catch (EngineException e) {
            if (container.state().up()) {
                throw e;
            }
        }
    }

    private boolean begin(Container container) {
        if (container.state().status() == Status.REMOVING) {
            return false;
        }
        ContainerRecord record = container.record();
        container.replace(record.withState(record.state().removing()));
        return true;
    }

    /**
     * Takes everything away; where that fails before the container is off the record, it may be tried again. Volumes
     * go before the record, which remembers them; the rest goes after it, and what a crash leaves of that belongs to
     * nobody, so the next start sweeps it.
     */
    void finish(Container container, AnonymousVolumes anonymous) {
        ContainerRecord record = container.record();
        try {
            forget(container, anonymous);
        } catch (RuntimeException failure) {
            container.exclusively(() -> {
                container.replace(record.withState(record.state().dead()));
                return container;
            });
            container.abandonRemoval();
            throw failure;
        }
        Failpoint.REMOVE_RECORD.reach();
        try {
            snapshots.remove(record.id());
            FileTree.delete(directories.home(record.id()));
        } finally {
            events.publish(record, "destroy");
            container.announceRemoval();
        }
    }

    private static List<String> anonymousVolumes(ContainerRecord record) {
        return record.mounts().stream()
                .filter(MountPoint::anonymous)
                .flatMap(m -> m.volumeName().stream())
                .toList();
    }

    private void forget(Container container, AnonymousVolumes anonymous) {
        ContainerRecord record = container.record();
        List<String> going = anonymous == AnonymousVolumes.REMOVE ? anonymousVolumes(record) : List.of();
        if (!going.isEmpty()) {
            // a crash on the way must end in the removal, not in a container without its volumes
            index.save(record);
        }
        volumes.release(record.id());
        going.forEach(volumes::removeIfUnused);
        Failpoint.REMOVE_VOLUMES.reach();
        index.remove(container);
    }
}
