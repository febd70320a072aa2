package dev.gantry.api;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Map;

/**
 * Memory of a container in bytes.
 *
 * @param maxUsage cgroup version 1 only
 * @param stats the kernel's own names, which differ between the versions of cgroups
 * @param failcnt how often the limit was met
 * @param limit that of the host where the container has none
 */
public record MemoryStats(
        @JsonProperty("usage") @OmitEmpty long usage,
        @JsonProperty("max_usage") @OmitEmpty long maxUsage,
        @JsonProperty("stats") @OmitEmpty Map<String, Long> stats,
        @JsonProperty("failcnt") @OmitEmpty long failcnt,
        @JsonProperty("limit") @OmitEmpty long limit) {

    /** All values absent. */
    public static final MemoryStats EMPTY = new MemoryStats(0, 0, Map.of(), 0, 0);

    public MemoryStats {
        stats = stats == null ? Map.of() : stats;
    }
}
