package dev.gantry.api;

/**
 * A container to be taken out of a network.
 */
public record NetworkDisconnectRequest(String container, boolean force) {

    public NetworkDisconnectRequest {
        container = Absent.text(container);
    }
}
