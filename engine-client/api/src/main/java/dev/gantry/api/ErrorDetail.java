package dev.gantry.api;

import com.fasterxml.jackson.annotation.JsonProperty;

/**
 * An error in a stream of progress.
 */
public record ErrorDetail(
        @JsonProperty("code") @OmitEmpty int code,
        @JsonProperty("message") String message) {

    public ErrorDetail {
        message = Absent.text(message);
    }
}
