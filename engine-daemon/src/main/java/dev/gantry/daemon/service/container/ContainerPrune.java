package dev.gantry.daemon.service.container;

import dev.gantry.daemon.service.container.ContainerRemoval.AnonymousVolumes;
import dev.gantry.daemon.service.container.ContainerRemoval.Force;
import dev.gantry.daemon.type.ContainerId;
import dev.gantry.daemon.type.EngineException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Predicate;

/** Removes all containers that do not run, one call at a time. */
public final class ContainerPrune {

    private final Engine engine;
    private final ContainerRemoval removal;
    private final AtomicBoolean running = new AtomicBoolean();

    ContainerPrune(Engine engine, ContainerRemoval removal) {
        this.engine = engine;
        this.removal = removal;
    }

    /**
     * What was removed.
     *
     * @param bytes that the containers had written
     */
    public record Pruned(List<ContainerId> removed, long bytes) {

        public Pruned {
            removed = List.copyOf(removed);
        }
    }

    /**
     * Removes those that are chosen; one that is started or removed meanwhile is left alone.
     *
     * @throws EngineException conflict where another call is at it
     */
    Pruned prune(Predicate<ContainerRecord> chosen) {
        if (!running.compareAndSet(false, true)) {
            // compat: docker's text
            throw EngineException.conflict("a prune operation is already running");
        }
        try {
            List<ContainerId> removed = new ArrayList<>();
            long bytes = 0;
            for (Container container : List.copyOf(engine.index().all())) {
                ContainerRecord record = container.record();
                if (!record.state().up() && chosen.test(record)) {
                    long size = engine.snapshots().size(record.id());
                    if (remove(container)) {
                        removed.add(record.id());
                        bytes += size;
                    }
                }
            }
            engine.events().publishPrune(bytes);
            return new Pruned(removed, bytes);
        } finally {
            running.set(false);
        }
    }

    private boolean remove(Container container) {
        try {
            removal.remove(container, Force.REFUSE_RUNNING, AnonymousVolumes.KEEP);
            return true;
        } catch (EngineException e) {
            if (e.kind() == EngineException.Kind.CONFLICT) {
                return false;
            }
            throw e;
        }
    }
}
