package dev.gantry.daemon.service.container;

import dev.gantry.daemon.type.ContainerId;
import dev.gantry.daemon.type.EngineException;
import dev.gantry.registry.Digest;
import java.time.Instant;
import java.util.List;

/**
 * Everything the engine knows of a container, as it stands on disk. Immutable.
 *
 * @param id for ever
 * @param name unique, without a leading slash
 * @param createdAt when
 * @param imageId the image's id
 * @param layers the image's layers, lowest first
 * @param config what runs
 * @param host what it takes from the host
 * @param mounts in the order they are mounted
 * @param creationDocument what the API it was created through wants to show again, verbatim; opaque here
 * @param restartCount how often the engine restarted it by itself
 * @param stoppedByHand whether a user ended its last run
 * @param state where it is in its life
 */
public record ContainerRecord(
        ContainerId id,
        String name,
        Instant createdAt,
        Digest imageId,
        List<Digest> layers,
        ContainerConfig config,
        HostSettings host,
        List<MountPoint> mounts,
        String creationDocument,
        int restartCount,
        boolean stoppedByHand,
        ContainerState state) {

    public ContainerRecord {
        layers = List.copyOf(layers);
        mounts = List.copyOf(mounts);
    }

    /** The error of what needs a running container. */
    public EngineException notRunning() {
        // compat: docker's texts
        return EngineException.conflict(
                state.status() == ContainerState.Status.RESTARTING
                        ? "Container " + id + " is restarting, wait until the container is running"
                        : "container " + id + " is not running");
    }

    ContainerRecord withName(String newName) {
        return new ContainerRecord(
                id,
                newName,
                createdAt,
                imageId,
                layers,
                config,
                host,
                mounts,
                creationDocument,
                restartCount,
                stoppedByHand,
                state);
    }

    ContainerRecord withHost(HostSettings newHost) {
        return new ContainerRecord(
                id,
                name,
                createdAt,
                imageId,
                layers,
                config,
                newHost,
                mounts,
                creationDocument,
                restartCount,
                stoppedByHand,
                state);
    }

    /** How the record stands with regard to its restart policy. */
    ContainerRecord withRestarts(int count, boolean byHand) {
        return new ContainerRecord(
                id, name, createdAt, imageId, layers, config, host, mounts, creationDocument, count, byHand, state);
    }

    ContainerRecord withState(ContainerState newState) {
        return new ContainerRecord(
                id,
                name,
                createdAt,
                imageId,
                layers,
                config,
                host,
                mounts,
                creationDocument,
                restartCount,
                stoppedByHand,
                newState);
    }
}
