package dev.gantry.api;

import com.fasterxml.jackson.annotation.JsonProperty;

/**
 * Processes and threads of a container.
 *
 * @param limit 0 where there is none
 */
public record PidsStats(
        @JsonProperty("current") @OmitEmpty long current,
        @JsonProperty("limit") @OmitEmpty long limit) {

    /** All values absent. */
    public static final PidsStats EMPTY = new PidsStats(0, 0);
}
