package dev.gantry.api;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Transfers from and to block devices. Null lists stand for what the host's kernel does not count. */
public record BlkioStats(
        @JsonProperty("io_service_bytes_recursive") @Nullable
        List<BlkioEntry> ioServiceBytesRecursive,

        @JsonProperty("io_serviced_recursive") @Nullable List<BlkioEntry> ioServicedRecursive,
        @JsonProperty("io_queue_recursive") @Nullable List<BlkioEntry> ioQueueRecursive,
        @JsonProperty("io_service_time_recursive") @Nullable List<BlkioEntry> ioServiceTimeRecursive,
        @JsonProperty("io_wait_time_recursive") @Nullable List<BlkioEntry> ioWaitTimeRecursive,
        @JsonProperty("io_merged_recursive") @Nullable List<BlkioEntry> ioMergedRecursive,
        @JsonProperty("io_time_recursive") @Nullable List<BlkioEntry> ioTimeRecursive,
        @JsonProperty("sectors_recursive") @Nullable List<BlkioEntry> sectorsRecursive) {

    /** All values absent. */
    public static final BlkioStats EMPTY = new BlkioStats(null, null, null, null, null, null, null, null);

    /** The two counts that every kernel keeps. */
    public static BlkioStats of(List<BlkioEntry> bytes, @Nullable List<BlkioEntry> operations) {
        return new BlkioStats(bytes, operations, null, null, null, null, null, null);
    }
}
