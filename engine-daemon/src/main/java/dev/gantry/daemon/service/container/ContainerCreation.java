package dev.gantry.daemon.service.container;

import dev.gantry.daemon.failpoint.Failpoint;
import dev.gantry.daemon.linux.file.FileTree;
import dev.gantry.daemon.service.container.ImageFinder.HeldImage;
import dev.gantry.daemon.service.container.ImageFinder.ImageDefaults;
import dev.gantry.daemon.service.health.Healthcheck;
import dev.gantry.daemon.service.health.Probe;
import dev.gantry.daemon.type.ContainerId;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/** Makes containers: everything is checked and prepared, nothing runs yet. What fails half-way leaves nothing. */
final class ContainerCreation {

    private static final int NAME_ATTEMPTS = 12;

    private final Engine engine;
    private final ContainerNamespaces namespaces;
    private final ImageFinder images;
    private final RandomGenerator randomness;

    ContainerCreation(Engine engine, ContainerNamespaces namespaces, ImageFinder images, RandomGenerator randomness) {
        this.engine = engine;
        this.namespaces = namespaces;
        this.images = images;
        this.randomness = randomness;
    }

    /**
     * What was made.
     *
     * @param id the new container
     * @param warnings for the user
     */
    record Created(ContainerId id, List<String> warnings) {}

    Created create(ContainerRequest asked) {
        check(asked.host());
        SupportedResources supported = engine.specs().supported(asked.host());
        ContainerRequest request = asked.withHost(asked.host()
                .with(
                        supported.resources(),
                        engine.network().links().resolve(asked.host()),
                        namespaces.resolve(asked.host().network()),
                        namespaces.resolve(asked.host().namespaces())));
        ContainerId id = ContainerId.random(randomness);
        Undo undo = new Undo();
        try (HeldImage held = images.hold(request.imageName())) {
            String name = takeName(request, id, undo);
            ContainerConfig config = ConfigMerge.merge(request, held.image(), id);
            config.healthcheck().ifPresent(check -> Probe.parse(check.test(), config.shell()));
            Container container = new Container(prepare(request, held.image(), id, name, config, undo));
            Failpoint.CREATE_PREPARED.reach();
            engine.index().add(container);
            Failpoint.CREATE_RECORD.reach();
            engine.mounts().unborn().forget(id);
            engine.events().publish(container.record(), "create");
            return new Created(id, warnings(config, request.host(), supported));
        } catch (RuntimeException failure) {
            throw undo.after(failure);
        }
    }

    private void check(HostSettings host) {
        engine.runtimes().named(host.runtime());
        engine.specs().check(host);
    }

    private String takeName(ContainerRequest request, ContainerId id, Undo undo) {
        String name;
        if (request.name().isPresent()) {
            name = ContainerNames.checked(request.name().get());
            engine.index().reserve(name, id);
        } else {
            name = drawName(id);
        }
        undo.add(() -> engine.index().release(name, id));
        return name;
    }

    private String drawName(ContainerId id) {
        for (int attempt = 0; attempt < NAME_ATTEMPTS; attempt++) {
            String drawn = ContainerNames.random(randomness, attempt);
            if (engine.index().tryReserve(drawn, id)) {
                return drawn;
            }
        }
        engine.index().reserve(id.shortForm(), id);
        return id.shortForm();
    }

    private ContainerRecord prepare(
            ContainerRequest request,
            ImageDefaults image,
            ContainerId id,
            String name,
            ContainerConfig config,
            Undo undo) {
        Path home = engine.directories().home(id);
        undo.add(() -> FileTree.delete(home));
        ContainerDirectories.make(home);
        Failpoint.CREATE_HOME.reach();
        undo.add(() -> discardVolumes(id));
        undo.add(() -> engine.mounts().stage().discard(id, request.host().mounts()));
        List<MountPoint> mounts = engine.mounts().resolve(id, config, request.host());
        undo.add(() -> engine.snapshots().remove(id));
        engine.snapshots().create(id, image.layers());
        ContainerRecord record = new ContainerRecord(
                id,
                name,
                engine.clock().instant(),
                image.id(),
                image.layers(),
                config,
                request.host(),
                mounts,
                request.creationDocument(),
                0,
                false,
                ContainerState.created());
        engine.mounts().copyUp(record, engine.snapshots());
        return record;
    }

    private void discardVolumes(ContainerId id) {
        engine.volumes().release(id);
        engine.mounts().unborn().of(id).forEach(engine.volumes()::removeIfUnused);
    }

    private static List<String> warnings(ContainerConfig config, HostSettings host, SupportedResources supported) {
        List<String> warnings = new ArrayList<>(supported.warnings());
        boolean publishes = host.publishAllPorts() || !host.ports().isEmpty();
        if (publishes && host.network() instanceof NetworkMode.Host) {
            // compat: docker's text
            warnings.add("Published ports are discarded when using host network mode");
        }
        List<String> test = config.healthcheck().map(Healthcheck::test).orElse(List.of());
        if (!Probe.knows(test)) {
            // compat: docker takes such a check and never runs it
            warnings.add("Unknown healthcheck type '" + test.get(0)
                    + "' (expected CMD, CMD-SHELL, HTTP, TCP or GRPC): health is not checked");
        }
        return warnings;
    }
}
