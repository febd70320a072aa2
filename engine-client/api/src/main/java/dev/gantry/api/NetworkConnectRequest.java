package dev.gantry.api;

import org.jspecify.annotations.Nullable;

/**
 * A container to be put into a network.
 */
public record NetworkConnectRequest(
        String container, @Nullable EndpointSettings endpointConfig) {

    public NetworkConnectRequest {
        container = Absent.text(container);
    }
}
