package dev.gantry.daemon.api.wire;

import com.fasterxml.jackson.annotation.JsonProperty;

/** The body of every error answer. */
record ErrorBody(@JsonProperty("message") String message) {

    /** The last line of a stream that failed. */
    record InBand(
            @JsonProperty("errorDetail") ErrorBody detail,
            @JsonProperty("error") String error) {

        static InBand of(String message) {
            return new InBand(new ErrorBody(message), message);
        }
    }
}
