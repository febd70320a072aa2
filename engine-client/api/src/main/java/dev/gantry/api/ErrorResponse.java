package dev.gantry.api;

import com.fasterxml.jackson.annotation.JsonProperty;

/**
 * An error as every failed request answers it.
 */
public record ErrorResponse(@JsonProperty("message") String message) {

    public ErrorResponse {
        message = Absent.text(message);
    }
}
