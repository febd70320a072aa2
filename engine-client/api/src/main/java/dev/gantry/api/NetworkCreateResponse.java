package dev.gantry.api;

/**
 * The id of a new network.
 */
public record NetworkCreateResponse(String id, String warning) {

    public NetworkCreateResponse {
        id = Absent.text(id);
        warning = Absent.text(warning);
    }
}
