package dev.gantry.daemon.store.snapshot;

import dev.gantry.daemon.type.ContainerId;
import dev.gantry.registry.Digest;
import java.util.List;

/**
 * The root file system of a container.
 *
 * @param id of the container
 * @param layers the layers it stands on, lowest first
 */
public record Snapshot(ContainerId id, List<Digest> layers) {

    public Snapshot {
        layers = List.copyOf(layers);
    }
}
