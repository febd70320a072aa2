package dev.gantry.daemon.api.wire;

import tools.jackson.databind.json.JsonMapper;

/**
 * What every answer needs.
 *
 * @param serverVersion the engine's version, told in the header {@code Server}
 * @param mapper reads keys in any case and writes the API's names
 * @param connections the streams that are open
 */
public record WireSettings(String serverVersion, JsonMapper mapper, Connections connections) {

    /** The header {@code Server}; clients look for the name before the slash. */
    String server() {
        return "Docker/" + serverVersion + " (linux)";
    }
}
