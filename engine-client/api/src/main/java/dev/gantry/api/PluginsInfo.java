package dev.gantry.api;

import java.util.List;
import tools.jackson.databind.annotation.JsonSerialize;

/**
 * The drivers the engine knows.
 */
public record PluginsInfo(
        List<String> volume,
        List<String> network,
        @JsonSerialize(using = NullIfEmptySerializer.class) List<String> authorization,
        List<String> log) {

    /** All values absent. */
    public static final PluginsInfo EMPTY = new PluginsInfo(List.of(), List.of(), List.of(), List.of());

    public PluginsInfo {
        volume = Absent.list(volume);
        network = Absent.list(network);
        authorization = Absent.list(authorization);
        log = Absent.list(log);
    }
}
