package dev.gantry.daemon.boot;

import dev.gantry.daemon.service.container.ContainerRecord;
import dev.gantry.daemon.service.container.MountRequest;
import dev.gantry.daemon.service.image.ImageId;
import dev.gantry.daemon.service.image.ImageUse;
import dev.gantry.daemon.store.snapshot.Snapshot;
import dev.gantry.daemon.store.snapshot.SnapshotStore;
import dev.gantry.registry.Digest;
import java.util.Collection;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** Tells the images which containers use them. */
record ContainersOfImages(Supplier<List<ContainerRecord>> containers, SnapshotStore snapshots) implements ImageUse {

    @Override
    public List<User> usersOf(ImageId image) {
        return containers.get().stream()
                .filter(c -> c.imageId().equals(image.digest()) || mounts(c, image))
                .map(c -> new User(c.id(), c.state().up()))
                .toList();
    }

    @Override
    public Collection<List<Digest>> stacks() {
        return Stream.concat(
                        containers.get().stream().map(ContainerRecord::layers),
                        snapshots.list().stream().map(Snapshot::layers))
                .toList();
    }

    private static boolean mounts(ContainerRecord container, ImageId image) {
        return container.mounts().stream()
                .anyMatch(m -> m.request() instanceof MountRequest.Image
                        && m.source().equals(image.digest().toString()));
    }
}
