package dev.gantry.daemon.service.image;

import dev.gantry.daemon.type.ContainerId;
import dev.gantry.registry.Digest;
import java.util.Collection;
import java.util.List;

/** Tells which containers use an image. Answers at once, from memory; called from any thread. */
public interface ImageUse {

    /** The containers made from an image, in any state. */
    List<User> usersOf(ImageId image);

    /** For every container the layers its root file system is stacked on, the lowest first. */
    Collection<List<Digest>> stacks();

    /**
     * A container that uses an image.
     *
     * @param container its id
     * @param running whether it has a process
     */
    record User(ContainerId container, boolean running) {}
}
