package dev.gantry.daemon.boot;

import dev.gantry.daemon.api.docker.container.ListEndpoints.ImageNames;
import dev.gantry.daemon.network.Port;
import dev.gantry.daemon.service.container.ContainerRecord;
import dev.gantry.daemon.service.container.ImageFinder;
import dev.gantry.daemon.service.image.Image;
import dev.gantry.daemon.service.image.ImageConfig;
import dev.gantry.daemon.service.image.ImageService;
import dev.gantry.daemon.type.EngineException;
import dev.gantry.daemon.type.Signal;
import dev.gantry.registry.Digest;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Shows images to containers: what each needs to know of the other passes through here. */
final class ContainerImages implements ImageFinder, ImageNames {

    private final ImageService images;

    ContainerImages(ImageService images) {
        this.images = images;
    }

    @Override
    public HeldImage hold(String name) {
        dev.gantry.daemon.service.image.HeldImage held = images.hold(name);
        try {
            return new Held(held, defaults(held.image()));
        } catch (RuntimeException e) {
            held.close();
            throw e;
        }
    }

    private record Held(dev.gantry.daemon.service.image.HeldImage held, ImageDefaults image) implements HeldImage {
        @Override
        public void close() {
            held.close();
        }
    }

    private static ImageDefaults defaults(Image image) {
        ImageConfig config = image.config();
        return new ImageDefaults(
                image.id().digest(),
                image.layers(),
                config.entrypoint().orElse(List.of()),
                config.cmd().orElse(List.of()),
                config.env(),
                config.user(),
                config.workingDir(),
                config.labels(),
                ports(config),
                Set.copyOf(config.volumes()),
                config.stopSignal().isEmpty() ? Optional.empty() : Optional.of(Signal.parse(config.stopSignal())),
                config.healthcheck(),
                config.shell().orElse(List.of()));
    }

    /** Ports of protocols that cannot be published cannot be exposed either, and are left out. */
    private static Set<Port> ports(ImageConfig config) {
        Set<Port> ports = new HashSet<>();
        for (String text : config.exposedPorts()) {
            if (!text.endsWith("/sctp")) {
                ports.add(Port.parse(text));
            }
        }
        return ports;
    }

    @Override
    public String shownFor(ContainerRecord record) {
        String name = record.config().imageName();
        return idOf(name).filter(record.imageId()::equals).isPresent()
                ? name
                : record.imageId().toString();
    }

    @Override
    public long sizeOf(ContainerRecord record) {
        return images.inspect(record.imageId().toString()).size();
    }

    @Override
    public boolean isAncestor(String image, ContainerRecord record) {
        if (image.equals(record.config().imageName())) {
            return true;
        }
        try {
            Image found = images.find(image);
            List<Digest> layers = found.layers();
            return found.id().digest().equals(record.imageId())
                    || (layers.size() < record.layers().size()
                            && record.layers().subList(0, layers.size()).equals(layers));
        } catch (EngineException e) {
            return false;
        }
    }

    private Optional<Digest> idOf(String name) {
        try {
            return Optional.of(images.find(name).id().digest());
        } catch (EngineException notThere) {
            return Optional.empty();
        }
    }
}
