package dev.gantry.api;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a container uses at a moment.
 *
 * @param read when
 * @param preRead when {@code preCpuStats} was read; year 1 for the first of a stream
 * @param storageStats always empty on Linux
 * @param preCpuStats the sample before, by which a use per time can be worked out
 * @param networks by interface; absent where the container has none of its own
 */
public record ContainerStats(
        @JsonProperty("read") String read,
        @JsonProperty("preread") String preRead,
        @JsonProperty("pids_stats") PidsStats pidsStats,
        @JsonProperty("blkio_stats") BlkioStats blkioStats,
        @JsonProperty("num_procs") int numProcs,
        @JsonProperty("storage_stats") Map<String, Long> storageStats,
        @JsonProperty("cpu_stats") CpuStats cpuStats,
        @JsonProperty("precpu_stats") CpuStats preCpuStats,
        @JsonProperty("memory_stats") MemoryStats memoryStats,
        @JsonProperty("name") String name,
        @JsonProperty("id") String id,
        @JsonProperty("networks") @OmitNull @Nullable Map<String, NetworkStats> networks) {

    /** What stands for "never". */
    public static final String NEVER = "0001-01-01T00:00:00Z";

    public ContainerStats {
        read = read == null ? NEVER : read;
        preRead = preRead == null ? NEVER : preRead;
        pidsStats = pidsStats == null ? PidsStats.EMPTY : pidsStats;
        blkioStats = blkioStats == null ? BlkioStats.EMPTY : blkioStats;
        storageStats = storageStats == null ? Map.of() : storageStats;
        cpuStats = cpuStats == null ? CpuStats.EMPTY : cpuStats;
        preCpuStats = preCpuStats == null ? CpuStats.EMPTY : preCpuStats;
        memoryStats = memoryStats == null ? MemoryStats.EMPTY : memoryStats;
        name = Absent.text(name);
        id = Absent.text(id);
    }

    /** That of a container that does not run. */
    public static ContainerStats ofStopped(String name, String id) {
        return new ContainerStats(
                NEVER,
                NEVER,
                PidsStats.EMPTY,
                BlkioStats.EMPTY,
                0,
                Map.of(),
                CpuStats.EMPTY,
                CpuStats.EMPTY,
                MemoryStats.EMPTY,
                name,
                id,
                null);
    }
}
