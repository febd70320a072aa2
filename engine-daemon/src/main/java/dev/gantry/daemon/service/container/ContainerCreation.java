package dev.gantry.daemon.service.container;

import dev.gantry.daemon.failpoint.Failpoint;
import dev.gantry.daemon.linux.file.FileTree;
import dev.gantry.daemon.service.container.ImageFinder.HeldImage;
import dev.gantry.daemon.service.container.ImageFinder.ImageDefaults;
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

    Created create(ContainerRequest request) {
        check(request.host());
        ContainerId id = ContainerId.random(randomness);
        Undo undo = new Undo();
        try (HeldImage held = images.hold(request.imageName())) {
            String name = takeName(request, id, undo);
            ContainerConfig config = ConfigMerge.merge(request, held.image(), id);
            Container container = new Container(prepare(request, held.image(), id, name, config, undo));
            Failpoint.CREATE_PREPARED.reach();
            engine.index().add(container);
            Failpoint.CREATE_RECORD.reach();
            engine.mounts().unborn().forget(id);
            engine.events().publish(container.record(), "create");
            return new Created(id, warnings(held.image(), request.host()));
        } catch (RuntimeException failure) {
            throw undo.after(failure);
        }
    }

    private void check(HostSettings host) {
        engine.runtimes().named(host.runtime());
        namespaces.check(host.namespaces());
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

    private static List<String> warnings(ImageDefaults image, HostSettings host) {
        List<String> warnings = new ArrayList<>();
        boolean publishes = host.publishAllPorts() || !host.ports().isEmpty();
        if (publishes && host.network() instanceof NetworkMode.Host) {
            // compat: docker's text
            warnings.add("Published ports are discarded when using host network mode");
        }
        if (image.healthcheck().isPresent()) {
            warnings.add("The image asks for health checks; this engine does not run them yet.");
        }
        return warnings;
    }
}
