package dev.gantry.api;

import com.fasterxml.jackson.annotation.JsonProperty;
import org.jspecify.annotations.Nullable;

/**
 * One line of a pull, push, load, import or build.
 *
 * @param aux a value for programs
 */
public record ProgressMessage(
        @JsonProperty("stream") @OmitEmpty String stream,
        @JsonProperty("status") @OmitEmpty String status,
        @JsonProperty("progressDetail") @OmitNull @Nullable ProgressDetail progressDetail,
        @JsonProperty("progress") @OmitEmpty String progress,
        @JsonProperty("id") @OmitEmpty String id,
        @JsonProperty("errorDetail") @OmitNull @Nullable ErrorDetail errorDetail,
        @JsonProperty("error") @OmitEmpty String error,
        @JsonProperty("aux") @OmitNull @Nullable Object aux) {

    public ProgressMessage {
        stream = Absent.text(stream);
        status = Absent.text(status);
        progress = Absent.text(progress);
        id = Absent.text(id);
        error = Absent.text(error);
    }
}
