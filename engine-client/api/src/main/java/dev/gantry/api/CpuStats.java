package dev.gantry.api;

import com.fasterxml.jackson.annotation.JsonProperty;

/**
 * Processor time of a container, and of the whole host beside it.
 *
 * @param systemCpuUsage nanoseconds of all processors of the host since its boot, idle ones included
 */
public record CpuStats(
        @JsonProperty("cpu_usage") CpuUsage cpuUsage,
        @JsonProperty("system_cpu_usage") @OmitEmpty long systemCpuUsage,
        @JsonProperty("online_cpus") @OmitEmpty int onlineCpus,
        @JsonProperty("throttling_data") ThrottlingData throttlingData) {

    /** All values absent. */
    public static final CpuStats EMPTY = new CpuStats(CpuUsage.EMPTY, 0, 0, ThrottlingData.EMPTY);

    public CpuStats {
        cpuUsage = cpuUsage == null ? CpuUsage.EMPTY : cpuUsage;
        throttlingData = throttlingData == null ? ThrottlingData.EMPTY : throttlingData;
    }
}
