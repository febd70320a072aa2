package dev.gantry.daemon.boot;

import dev.gantry.daemon.service.container.ContainerRecord;
import dev.gantry.daemon.service.image.ImageId;
import dev.gantry.daemon.service.image.ImageUse;
import dev.gantry.registry.Digest;
import java.util.Collection;
import java.util.List;
import java.util.function.Supplier;

/** Tells the images which containers use them. */
record ContainersOfImages(Supplier<List<ContainerRecord>> containers) implements ImageUse {

    @Override
    public List<User> usersOf(ImageId image) {
        return containers.get().stream()
                .filter(c -> c.imageId().equals(image.digest()))
                .map(c -> new User(c.id(), c.state().up()))
                .toList();
    }

    @Override
    public Collection<List<Digest>> stacks() {
        return containers.get().stream().map(ContainerRecord::layers).toList();
    }
}
