package dev.gantry.api;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;

/**
 * Processor time in nanoseconds.
 *
 * @param percpuUsage by processor; cgroup version 1 only
 */
public record CpuUsage(
        @JsonProperty("total_usage") long totalUsage,
        @JsonProperty("percpu_usage") @OmitEmpty List<Long> percpuUsage,
        @JsonProperty("usage_in_kernelmode") long usageInKernelmode,
        @JsonProperty("usage_in_usermode") long usageInUsermode) {

    /** All values absent. */
    public static final CpuUsage EMPTY = new CpuUsage(0, List.of(), 0, 0);

    public CpuUsage {
        percpuUsage = Absent.list(percpuUsage);
    }
}
