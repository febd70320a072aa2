package dev.gantry.api;

/**
 * The id of what was created.
 */
public record IdResponse(String id) {

    public IdResponse {
        id = Absent.text(id);
    }
}
