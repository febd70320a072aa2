package dev.gantry.api;

import com.fasterxml.jackson.annotation.JsonProperty;

/**
 * A count of one block device.
 *
 * @param op read, write, and others that the kernel counts
 */
public record BlkioEntry(
        @JsonProperty("major") long major,
        @JsonProperty("minor") long minor,
        @JsonProperty("op") String op,
        @JsonProperty("value") long value) {

    public BlkioEntry {
        op = Absent.text(op);
    }
}
