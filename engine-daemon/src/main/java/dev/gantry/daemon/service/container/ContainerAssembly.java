package dev.gantry.daemon.service.container;

import dev.gantry.daemon.runtime.spec.Capabilities;
import dev.gantry.daemon.runtime.spec.ProcessLimits;
import dev.gantry.daemon.runtime.spec.SpecWriter;

/** Puts the container service and its recovery together. */
public final class ContainerAssembly {

    /** Enough to use the processors while some starts wait; few enough to leave room for users. */
    private static final int STARTS_AT_ONCE =
            Math.max(4, 2 * Runtime.getRuntime().availableProcessors());

    private final ContainerService service;
    private final ContainerStart start;
    private final ContainerRecovery recovery;

    public ContainerAssembly(ContainerParts parts) {
        ContainerIndex index = new ContainerIndex(parts.records());
        ContainerNamespaces namespaces =
                new ContainerNamespaces(index, parts.cgroups().limitsVersion() == 2 ? "private" : "host");
        Engine engine = new Engine(
                index,
                parts.directories(),
                parts.snapshots(),
                parts.volumes(),
                new ContainerNetwork(parts.networks(), parts.directories(), parts.randomness()),
                new ContainerSpecs(
                        parts.directories(),
                        namespaces,
                        parts.cgroups(),
                        parts.cgroupDriver(),
                        new SpecWriter(),
                        Capabilities.ofThisProcess(),
                        ProcessLimits.ofThisProcess()),
                new ContainerMounts(parts.volumes(), new UnbornVolumes(parts.directories())),
                parts.runtimes(),
                new ContainerEvents(parts.bus(), parts.clock()),
                parts.executor(),
                parts.clock());
        ContainerRestarts restarts = new ContainerRestarts(
                index, parts.schedule(), new StartQueue(parts.executor(), STARTS_AT_ONCE), this::startAgain);
        ContainerStop stop = new ContainerStop(engine.events(), restarts);
        ContainerRemoval removal = new ContainerRemoval(engine, stop);
        ContainerExit exits = new ContainerExit(engine, removal, restarts);
        this.start = new ContainerStart(engine, exits, removal, restarts);
        ContainerCreation creation = new ContainerCreation(engine, namespaces, parts.images(), parts.randomness());
        this.service = new ContainerService(engine, creation, start, stop, removal, restarts);
        this.recovery = new ContainerRecovery(engine, parts.networks(), parts.cgroups(), exits, removal, restarts);
    }

    private void startAgain(Container container) {
        start.startAgain(container);
    }

    public ContainerService service() {
        return service;
    }

    public ContainerRecovery recovery() {
        return recovery;
    }
}
