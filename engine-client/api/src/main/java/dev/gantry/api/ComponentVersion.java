package dev.gantry.api;

import java.util.Map;

/**
 * The version of a part of the engine.
 */
public record ComponentVersion(
        String name, String version, @OmitEmpty Map<String, String> details) {

    public ComponentVersion {
        name = Absent.text(name);
        version = Absent.text(version);
        details = Absent.texts(details);
    }
}
