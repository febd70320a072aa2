package dev.gantry.api;

import java.util.Map;

/**
 * The host configuration shown in lists.
 */
public record HostConfigSummary(
        @OmitEmpty String networkMode, @OmitEmpty Map<String, String> annotations) {

    /** All values absent. */
    public static final HostConfigSummary EMPTY = new HostConfigSummary("", Map.of());

    public HostConfigSummary {
        networkMode = Absent.text(networkMode);
        annotations = Absent.texts(annotations);
    }
}
