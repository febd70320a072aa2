package dev.gantry.daemon.service.container;

import dev.gantry.daemon.network.Endpoint;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Where a container is in its life. Immutable: each change makes another one.
 *
 * @param status the phase
 * @param pid of its first process on the host; 0 while there is none
 * @param exitCode of the last run
 * @param outOfMemory whether the kernel ended the last run for want of memory
 * @param error why the last start failed; empty otherwise
 * @param startedAt the last start; absent before the first
 * @param finishedAt the last end; absent before the first
 * @param sandboxId the network sandbox it owns, where it owns one
 * @param endpoints its connections while it runs
 */
public record ContainerState(
        Status status,
        int pid,
        int exitCode,
        boolean outOfMemory,
        String error,
        Optional<Instant> startedAt,
        Optional<Instant> finishedAt,
        Optional<String> sandboxId,
        List<Endpoint> endpoints) {

    /** The phases of a container's life. */
    public enum Status {
        CREATED,
        RUNNING,
        /** The last run has ended, and the engine is about to start it again. */
        RESTARTING,
        EXITED,
        REMOVING,
        DEAD
    }

    public ContainerState {
        endpoints = List.copyOf(endpoints);
    }

    static ContainerState created() {
        return new ContainerState(
                Status.CREATED, 0, 0, false, "", Optional.empty(), Optional.empty(), Optional.empty(), List.of());
    }

    public boolean running() {
        return status == Status.RUNNING;
    }

    /** Whether it runs or is about to be started again: for users it is up. */
    public boolean up() {
        return running() || status == Status.RESTARTING;
    }

    ContainerState started(int newPid, Instant at, Optional<String> sandbox, List<Endpoint> connections) {
        return new ContainerState(
                Status.RUNNING, newPid, 0, false, "", Optional.of(at), finishedAt, sandbox, connections);
    }

    /** A start that failed leaves the container as it was, with the reason and a code on record. */
    ContainerState failedToStart(int code, String reason) {
        return new ContainerState(status, 0, code, false, reason, startedAt, finishedAt, Optional.empty(), List.of());
    }

    ContainerState exited(int code, boolean oom, Instant at) {
        return new ContainerState(Status.EXITED, 0, code, oom, error, startedAt, Optional.of(at), sandboxId, endpoints);
    }

    /** A start of the engine's own failed; for users that is the end of a very short run. */
    ContainerState failedToRestart(int code, String reason, Instant at) {
        return new ContainerState(
                status, 0, code, false, reason, startedAt, Optional.of(at), Optional.empty(), List.of());
    }

    ContainerState restarting() {
        return withStatus(Status.RESTARTING);
    }

    ContainerState atRest() {
        return withStatus(Status.EXITED);
    }

    private ContainerState withStatus(Status other) {
        return new ContainerState(
                other, pid, exitCode, outOfMemory, error, startedAt, finishedAt, sandboxId, endpoints);
    }

    ContainerState disconnected() {
        return new ContainerState(
                status, pid, exitCode, outOfMemory, error, startedAt, finishedAt, Optional.empty(), List.of());
    }

    /** A removal failed: nothing is left to do with the container but to remove it again. */
    ContainerState dead() {
        return new ContainerState(
                Status.DEAD, 0, exitCode, outOfMemory, error, startedAt, finishedAt, Optional.empty(), List.of());
    }

    ContainerState removing() {
        return withStatus(Status.REMOVING);
    }
}
