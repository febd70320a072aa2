package dev.gantry.api;

import com.fasterxml.jackson.annotation.JsonProperty;

/**
 * How a limit of processor time was felt.
 *
 * @param throttledTime nanoseconds
 */
public record ThrottlingData(
        @JsonProperty("periods") long periods,
        @JsonProperty("throttled_periods") long throttledPeriods,
        @JsonProperty("throttled_time") long throttledTime) {

    /** All values absent. */
    public static final ThrottlingData EMPTY = new ThrottlingData(0, 0, 0);
}
