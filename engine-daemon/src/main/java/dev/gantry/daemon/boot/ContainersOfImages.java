package dev.gantry.daemon.boot;

import dev.gantry.daemon.service.container.ContainerRecord;
import dev.gantry.daemon.service.image.ImageId;
import dev.gantry.daemon.service.image.ImageUse;
import dev.gantry.registry.Digest;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.function.Supplier;

/**
 * Tells the images which containers use them.
 *
 * @param containers those that are known
 * @param snapshots the layers of all root file systems, be their containers known or not
 */
record ContainersOfImages(Supplier<List<ContainerRecord>> containers, Supplier<Collection<List<Digest>>> snapshots)
        implements ImageUse {

    @Override
    public List<User> usersOf(ImageId image) {
        return containers.get().stream()
                .filter(c -> c.imageId().equals(image.digest()))
                .map(c -> new User(c.id(), c.state().up()))
                .toList();
    }

    @Override
    public Collection<List<Digest>> stacks() {
        List<List<Digest>> stacks = new ArrayList<>(snapshots.get());
        containers.get().forEach(container -> stacks.add(container.layers()));
        return stacks;
    }
}
