package dev.gantry.daemon.service.container;

import dev.gantry.daemon.runtime.cgroup.ContainerCgroup;
import dev.gantry.daemon.runtime.cgroup.LimitsWriter;
import dev.gantry.daemon.runtime.spec.Resources;
import dev.gantry.daemon.service.container.ContainerState.Status;
import dev.gantry.daemon.type.EngineException;
import java.util.function.Function;

/** Changes what containers may take from the host: at once where they run, and for each later start. */
public final class ContainerUpdate {

    private final Engine engine;

    ContainerUpdate(Engine engine) {
        this.engine = engine;
    }

    /**
     * What becomes of a container.
     *
     * @param host its settings
     * @param creationDocument what its API shows of them
     */
    public record Change(HostSettings host, String creationDocument) {}

    /**
     * Applies a change, which is worked out while nobody else can change the container.
     *
     * @throws EngineException conflict where the container is on its way out or the change goes against what is set;
     *     internal where the kernel refuses
     */
    void update(Container container, Function<ContainerRecord, Change> change) {
        try {
            container.exclusively(() -> {
                requireStaying(container);
                apply(container, change.apply(container.record()));
                return container;
            });
        } catch (EngineException e) {
            // compat: docker's text
            throw new EngineException(e.kind(), "Cannot update container " + container.id() + ": " + e.getMessage(), e);
        }
    }

    private static void requireStaying(Container container) {
        Status status = container.state().status();
        if (status == Status.REMOVING || status == Status.DEAD) {
            // compat: docker's text
            throw EngineException.conflict("container is marked for removal and cannot be \"update\"");
        }
    }

    private void apply(Container container, Change change) {
        ContainerRecord before = container.record();
        Resources old = before.host().resources();
        Resources wanted = change.host().resources();
        boolean live = before.state().running();
        ContainerCgroup group = engine.cgroups().of(before);
        if (live) {
            LimitsWriter.change(group, old, wanted);
        }
        ContainerRecord after = before.withSettings(change.host(), change.creationDocument());
        try {
            engine.index().save(after);
        } catch (RuntimeException failure) {
            if (live) {
                LimitsWriter.change(group, wanted, old);
            }
            throw failure;
        }
        container.replace(after);
        engine.events().publish(after, "update");
    }
}
