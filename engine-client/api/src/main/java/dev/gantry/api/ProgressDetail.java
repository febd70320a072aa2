package dev.gantry.api;

import com.fasterxml.jackson.annotation.JsonProperty;

/**
 * How far a step is; units are bytes unless named.
 */
public record ProgressDetail(
        @JsonProperty("current") @OmitEmpty long current,
        @JsonProperty("total") @OmitEmpty long total,
        @JsonProperty("start") @OmitEmpty long start,
        @JsonProperty("hidecounts") @OmitEmpty boolean hidecounts,
        @JsonProperty("units") @OmitEmpty String units) {

    public ProgressDetail {
        units = Absent.text(units);
    }
}
