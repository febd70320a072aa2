package dev.gantry.api;

import java.util.Map;

/**
 * The networks shown in lists.
 */
public record NetworkSettingsSummary(Map<String, EndpointSettings> networks) {

    /** All values absent. */
    public static final NetworkSettingsSummary EMPTY = new NetworkSettingsSummary(Map.of());

    public NetworkSettingsSummary {
        networks = Absent.endpoints(networks);
    }
}
