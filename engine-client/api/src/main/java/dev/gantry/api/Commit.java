package dev.gantry.api;

import com.fasterxml.jackson.annotation.JsonProperty;

/**
 * The version of an external program.
 */
public record Commit(
        @JsonProperty("ID") String id, @OmitEmpty String expected) {

    /** All values absent. */
    public static final Commit EMPTY = new Commit("", "");

    public Commit {
        id = Absent.text(id);
        expected = Absent.text(expected);
    }
}
