package dev.gantry.daemon.runtime.spec;

import java.util.Map;
import java.util.Optional;

/**
 * What a container may use of the host. Absent values put no limit.
 *
 * @param memory bytes
 * @param memorySwap bytes of memory and swap together; -1 for no limit on swap
 * @param memoryReservation bytes the kernel tries to keep to under pressure
 * @param memorySwappiness 0 to 100; cgroup v1 only
 * @param oomKillDisabled whether the kernel pauses instead of killing; cgroup v1 only
 * @param cpuShares relative weight; 1024 is the norm
 * @param cpuQuota microseconds per period
 * @param cpuPeriod microseconds
 * @param cpusetCpus processors, as {@code 0-2,4}; empty for all
 * @param cpusetMems memory nodes; empty for all
 * @param pidsLimit processes and threads; -1 for no limit
 * @param blkioWeight 10 to 1000
 * @param blockLimits of single block devices
 * @param realtime time for processes of realtime priority; cgroup v1 only
 * @param hugepages bytes by the size of the pages ({@code 2MB})
 * @param unified files of cgroup v2 and their content
 */
public record Resources(
        Optional<Long> memory,
        Optional<Long> memorySwap,
        Optional<Long> memoryReservation,
        Optional<Integer> memorySwappiness,
        boolean oomKillDisabled,
        Optional<Long> cpuShares,
        Optional<Long> cpuQuota,
        Optional<Long> cpuPeriod,
        String cpusetCpus,
        String cpusetMems,
        Optional<Long> pidsLimit,
        Optional<Integer> blkioWeight,
        BlockLimits blockLimits,
        Realtime realtime,
        Map<String, Long> hugepages,
        Map<String, String> unified) {

    /** No limits. */
    public static final Resources NONE = builder().build();

    private static final long NANO_CPU_PERIOD_MICROS = 100_000;
    private static final long NANOS_PER_CPU = 1_000_000_000;

    /** Records of older daemons lack what they did not know. */
    public Resources {
        blockLimits = blockLimits == null ? BlockLimits.NONE : blockLimits;
        realtime = realtime == null ? Realtime.NONE : realtime;
        hugepages = hugepages == null ? Map.of() : Map.copyOf(hugepages);
        unified = Map.copyOf(unified);
    }

    /**
     * Time for processes of realtime priority; zero means "not set".
     *
     * @param periodMicros length of a period
     * @param runtimeMicros usable of it
     */
    public record Realtime(long periodMicros, long runtimeMicros) {

        /** Nothing set. */
        public static final Realtime NONE = new Realtime(0, 0);
    }

    public static Builder builder() {
        return new Builder();
    }

    /** Starts with these limits. */
    public Builder toBuilder() {
        Builder builder = new Builder();
        builder.memory = memory;
        builder.memorySwap = memorySwap;
        builder.memoryReservation = memoryReservation;
        builder.memorySwappiness = memorySwappiness;
        builder.oomKillDisabled = oomKillDisabled;
        builder.cpuShares = cpuShares;
        builder.cpuQuota = cpuQuota;
        builder.cpuPeriod = cpuPeriod;
        builder.cpusetCpus = cpusetCpus;
        builder.cpusetMems = cpusetMems;
        builder.pidsLimit = pidsLimit;
        builder.blkioWeight = blkioWeight;
        builder.blockLimits = blockLimits;
        builder.realtime = realtime;
        builder.hugepages = hugepages;
        builder.unified = unified;
        return builder;
    }

    /** Gathers limits; zero means "not set", as in Docker's API. */
    public static final class Builder {
        private Optional<Long> memory = Optional.empty();
        private Optional<Long> memorySwap = Optional.empty();
        private Optional<Long> memoryReservation = Optional.empty();
        private Optional<Integer> memorySwappiness = Optional.empty();
        private boolean oomKillDisabled;
        private Optional<Long> cpuShares = Optional.empty();
        private Optional<Long> cpuQuota = Optional.empty();
        private Optional<Long> cpuPeriod = Optional.empty();
        private String cpusetCpus = "";
        private String cpusetMems = "";
        private Optional<Long> pidsLimit = Optional.empty();
        private Optional<Integer> blkioWeight = Optional.empty();
        private BlockLimits blockLimits = BlockLimits.NONE;
        private Realtime realtime = Realtime.NONE;
        private Map<String, Long> hugepages = Map.of();
        private Map<String, String> unified = Map.of();

        private Builder() {}

        public Builder memory(long bytes) {
            memory = unlessZero(bytes);
            return this;
        }

        public Builder memorySwap(long bytes) {
            memorySwap = unlessZero(bytes);
            return this;
        }

        public Builder memoryReservation(long bytes) {
            memoryReservation = unlessZero(bytes);
            return this;
        }

        public Builder memorySwappiness(int percent) {
            memorySwappiness = percent < 0 ? Optional.empty() : Optional.of(percent);
            return this;
        }

        /** Lets the kernel pause the container where it would kill one of its processes. */
        public Builder disableOomKill() {
            oomKillDisabled = true;
            return this;
        }

        /** Lets the kernel kill, as it does unless told otherwise. */
        public Builder allowOomKill() {
            oomKillDisabled = false;
            return this;
        }

        public Builder cpuShares(long shares) {
            cpuShares = unlessZero(shares);
            return this;
        }

        public Builder cpuQuota(long micros) {
            cpuQuota = unlessZero(micros);
            return this;
        }

        public Builder cpuPeriod(long micros) {
            cpuPeriod = unlessZero(micros);
            return this;
        }

        /** Limits to so many billionths of a processor, through quota and period. */
        public Builder nanoCpus(long nanos) {
            if (nanos > 0) {
                cpuPeriod = Optional.of(NANO_CPU_PERIOD_MICROS);
                cpuQuota = Optional.of(nanos / (NANOS_PER_CPU / NANO_CPU_PERIOD_MICROS));
            }
            return this;
        }

        public Builder cpuset(String cpus, String mems) {
            cpusetCpus = cpus;
            cpusetMems = mems;
            return this;
        }

        /** Limits processes and threads; anything below 1 means no limit. */
        public Builder pidsLimit(long count) {
            pidsLimit = count > 0 ? Optional.of(count) : Optional.empty();
            return this;
        }

        public Builder blkioWeight(int weight) {
            blkioWeight = weight == 0 ? Optional.empty() : Optional.of(weight);
            return this;
        }

        public Builder blockLimits(BlockLimits limits) {
            blockLimits = limits;
            return this;
        }

        public Builder realtime(long periodMicros, long runtimeMicros) {
            realtime = new Realtime(periodMicros, runtimeMicros);
            return this;
        }

        /** Limits huge pages; keys are page sizes as the kernel writes them: {@code 2MB}, {@code 1GB}. */
        public Builder hugepages(Map<String, Long> bytesBySize) {
            hugepages = bytesBySize;
            return this;
        }

        public Builder unified(Map<String, String> files) {
            unified = files;
            return this;
        }

        public Resources build() {
            return new Resources(
                    memory,
                    memorySwap,
                    memoryReservation,
                    memorySwappiness,
                    oomKillDisabled,
                    cpuShares,
                    cpuQuota,
                    cpuPeriod,
                    cpusetCpus,
                    cpusetMems,
                    pidsLimit,
                    blkioWeight,
                    blockLimits,
                    realtime,
                    hugepages,
                    unified);
        }

        private static Optional<Long> unlessZero(long value) {
            return value == 0 ? Optional.empty() : Optional.of(value);
        }
    }
}
