package dev.gantry.api;

import java.util.Map;

/**
 * The networks a new container joins.
 *
 * @param endpointsConfig by name or id
 */
public record NetworkingConfig(Map<String, EndpointSettings> endpointsConfig) {

    /** All values absent. */
    public static final NetworkingConfig EMPTY = new NetworkingConfig(Map.of());

    public NetworkingConfig {
        endpointsConfig = Absent.endpoints(endpointsConfig);
    }
}
