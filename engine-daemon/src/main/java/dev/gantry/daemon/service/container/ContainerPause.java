package dev.gantry.daemon.service.container;

import dev.gantry.daemon.runtime.cgroup.Freezer;
import dev.gantry.daemon.type.EngineException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.function.Supplier;

/**
 * Stops and wakes the processes of containers through the freezer of their cgroup. What the freezer says is the truth
 * after a crash of the daemon, not the record.
 */
final class ContainerPause {

    /** A process that waits for a disk or a network file system cannot be stopped before it has its answer. */
    private static final Duration FREEZE_DEADLINE = Duration.ofSeconds(10);

    /** Stands in a bundle while the engine itself holds its processes for a moment. */
    private static final String MOMENTARY = "momentary-pause";

    private final Engine engine;

    ContainerPause(Engine engine) {
        this.engine = engine;
    }

    /**
     * Stops all processes.
     *
     * @throws EngineException conflict where the container does not run or is paused
     */
    void pause(Container container) {
        container.exclusively(() -> {
            requirePausable(container);
            freeze(container);
            return container;
        });
    }

    private static void requirePausable(Container container) {
        if (!container.state().running()) {
            throw container.record().notRunning();
        }
        if (container.state().paused()) {
            // compat: docker's text
            throw EngineException.conflict("Container " + container.id() + " is already paused");
        }
    }

    private void freeze(Container container) {
        try {
            freezer(container).freeze(FREEZE_DEADLINE);
        } catch (UncheckedIOException e) {
            throw EngineException.internal("Cannot pause container " + container.id() + ": " + e.getMessage(), e);
        } catch (EngineException e) {
            throw new EngineException(e.kind(), "Cannot pause container " + container.id() + ": " + e.getMessage(), e);
        }
        record(container, container.state().nowPaused(), "pause");
    }

    /**
     * Lets all processes go on.
     *
     * @throws EngineException where the container is not paused
     */
    void unpause(Container container) {
        container.exclusively(() -> {
            if (!container.state().paused()) {
                // compat: docker's text and its status, 500
                throw EngineException.internal(
                        "Container " + container.id() + " is not paused", new IllegalStateException("not paused"));
            }
            thaw(container);
            return container;
        });
    }

    /** Lets a container go on, if it is paused, so that a signal reaches it. */
    void wake(Container container) {
        container.exclusively(() -> {
            if (container.state().paused()) {
                thaw(container);
            }
            return container;
        });
    }

    private void thaw(Container container) {
        freezer(container).thaw();
        record(container, container.state().nowRunning(), "unpause");
    }

    private Freezer freezer(Container container) {
        return engine.cgroups().of(container.record()).freezer();
    }

    private void record(Container container, ContainerState state, String event) {
        container.replace(container.record().withState(state));
        engine.index().save(container.record());
        engine.events().publish(container.record(), event);
    }

    /**
     * Runs something while a container's processes stand still, and wakes them afterwards, also where the daemon dies
     * in between. One that does not run, or is paused already, stays as it is.
     */
    <T> T during(Container container, Supplier<T> work) {
        boolean paused = container.exclusively(() -> {
            if (!container.state().running() || container.state().paused()) {
                return false;
            }
            mark(container);
            freeze(container);
            return true;
        });
        try {
            return work.get();
        } finally {
            if (paused) {
                wake(container);
                unmark(container);
            }
        }
    }

    private Path mark(ContainerRecord record) {
        return engine.directories().bundle(record.id()).resolve(MOMENTARY);
    }

    private void mark(Container container) {
        try {
            Files.writeString(mark(container.record()), "");
        } catch (IOException e) {
            throw EngineException.internal("noting that container " + container.id() + " is to be woken", e);
        }
    }

    private void unmark(Container container) {
        try {
            Files.deleteIfExists(mark(container.record()));
        } catch (IOException e) {
            throw EngineException.internal("noting that container " + container.id() + " was woken", e);
        }
    }

    /** Brings the record of a container that another life of the daemon ran to what its freezer says. */
    void adopt(Container container) {
        Freezer freezer = freezer(container);
        Freezer.State truth = freezer.state();
        boolean momentary = Files.exists(mark(container.record()));
        if (truth == Freezer.State.FREEZING || (momentary && truth == Freezer.State.FROZEN)) {
            // a pause that the daemon's death cut short was never answered
            freezer.thaw();
            truth = Freezer.State.THAWED;
        }
        unmark(container);
        ContainerState state = container.state();
        if (state.paused() != (truth == Freezer.State.FROZEN)) {
            container.replace(container.record().withState(state.paused() ? state.nowRunning() : state.nowPaused()));
            engine.index().save(container.record());
        }
    }
}
