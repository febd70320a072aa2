package dev.gantry.daemon.api.docker.container;

import dev.gantry.api.HostConfig;
import dev.gantry.api.ThrottleDevice;
import dev.gantry.api.Ulimit;
import dev.gantry.daemon.runtime.spec.BlockLimits;
import dev.gantry.daemon.runtime.spec.ProcessSpec.Rlimit;
import dev.gantry.daemon.runtime.spec.Resources;
import dev.gantry.daemon.type.EngineException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Reads and checks what a container may use of the host, with docker's rules and texts. */
final class ResourcesReader {

    private static final long MIN_MEMORY = 6L << 20;
    private static final long NANOS_PER_CPU = 1_000_000_000L;

    private ResourcesReader() {}

    static Resources read(HostConfig host) {
        refuse(host);
        checkMemory(host);
        checkCpu(host);
        Resources.Builder resources = Resources.builder()
                .memory(host.memory())
                .memorySwap(swap(host))
                .memoryReservation(host.memoryReservation())
                .cpuShares(host.cpuShares())
                .cpuPeriod(host.cpuPeriod())
                .cpuQuota(host.cpuQuota())
                .nanoCpus(host.nanoCpus())
                .cpuset(host.cpusetCpus(), host.cpusetMems())
                .pidsLimit(host.pidsLimit() == null ? 0 : host.pidsLimit())
                .blkioWeight(host.blkioWeight())
                .blockLimits(blockLimits(host))
                .realtime(host.cpuRealtimePeriod(), host.cpuRealtimeRuntime());
        if (host.memorySwappiness() != null && host.memorySwappiness() >= 0) {
            resources.memorySwappiness(Math.toIntExact(host.memorySwappiness()));
        }
        if (Boolean.TRUE.equals(host.oomKillDisable())) {
            resources.disableOomKill();
        }
        return resources.build();
    }

    /** With a limit on memory and none on swap, docker allows as much swap as memory. */
    private static long swap(HostConfig host) {
        return host.memory() > 0 && host.memorySwap() == 0 ? 2 * host.memory() : host.memorySwap();
    }

    private static void checkMemory(HostConfig host) {
        if (host.memory() != 0 && host.memory() < MIN_MEMORY) {
            throw EngineException.invalid("Minimum memory limit allowed is 6MB");
        }
        if (host.memorySwap() > 0 && host.memory() == 0) {
            throw EngineException.invalid(
                    "You should always set the Memory limit when using Memoryswap limit, see usage");
        }
        if (host.memory() > 0 && host.memorySwap() > 0 && host.memorySwap() < host.memory()) {
            throw EngineException.invalid("Minimum memoryswap limit should be larger than memory limit, see usage");
        }
        if (host.memoryReservation() > 0 && host.memoryReservation() < MIN_MEMORY) {
            throw EngineException.invalid("Minimum memory reservation allowed is 6MB");
        }
        if (host.kernelMemory() > 0 && host.kernelMemory() < MIN_MEMORY) {
            throw EngineException.invalid("Minimum kernel memory limit allowed is 6MB");
        }
        if (host.memory() > 0 && host.memoryReservation() > host.memory()) {
            throw EngineException.invalid(
                    "Minimum memory limit can not be less than memory reservation limit, see usage");
        }
        Long swappiness = host.memorySwappiness();
        if (swappiness != null && (swappiness < -1 || swappiness > 100)) {
            throw EngineException.invalid("Invalid value: " + swappiness + ", valid memory swappiness range is 0-100");
        }
    }

    private static void checkCpu(HostConfig host) {
        int processors = Runtime.getRuntime().availableProcessors();
        if (host.nanoCpus() > 0 && (host.cpuPeriod() > 0 || host.cpuQuota() > 0)) {
            throw EngineException.invalid("Conflicting options: Nano CPUs and CPU Period or Quota cannot both be set.");
        }
        if (host.nanoCpus() < 0 || host.nanoCpus() > processors * NANOS_PER_CPU) {
            throw EngineException.invalid("range of CPUs is from 0.01 to " + processors + ".00, as there are only "
                    + processors + " CPUs available");
        }
        if (host.cpuShares() < 0) {
            throw EngineException.invalid(
                    "invalid CPU shares (" + host.cpuShares() + "): value must be a positive integer");
        }
        if (host.cpuShares() == 1) {
            // compat: runc's text
            throw EngineException.invalid("the minimum allowed cpu-shares is 2");
        }
        if (host.cpuRealtimePeriod() != 0 && host.cpuRealtimeRuntime() > host.cpuRealtimePeriod()) {
            throw EngineException.invalid("cpu real-time runtime cannot be higher than cpu real-time period");
        }
        CpuList.require("CPUs", "cpuset cpus", host.cpusetCpus(), Path.of("/sys/devices/system/cpu/online"));
        CpuList.require("memory nodes", "cpuset mems", host.cpusetMems(), Path.of("/sys/devices/system/node/online"));
        if (host.cpuPeriod() != 0 && (host.cpuPeriod() < 1_000 || host.cpuPeriod() > 1_000_000)) {
            throw EngineException.invalid(
                    "CPU cfs period can not be less than 1ms (i.e. 1000) or larger than 1s (i.e. 1000000)");
        }
        if (host.cpuQuota() > 0 && host.cpuQuota() < 1_000) {
            throw EngineException.invalid("CPU cfs quota can not be less than 1ms (i.e. 1000)");
        }
        if (host.blkioWeight() != 0 && (host.blkioWeight() < 10 || host.blkioWeight() > 1_000)) {
            throw EngineException.invalid("Range of blkio weight is from 10 to 1000");
        }
    }

    private static BlockLimits blockLimits(HostConfig host) {
        return new BlockLimits(
                host.blkioWeightDevice().stream()
                        .map(d -> new BlockLimits.Limit(d.path(), d.weight()))
                        .toList(),
                rates(host.blkioDeviceReadBps()),
                rates(host.blkioDeviceWriteBps()),
                rates(host.blkioDeviceReadIops()),
                rates(host.blkioDeviceWriteIops()));
    }

    private static List<BlockLimits.Limit> rates(List<ThrottleDevice> devices) {
        return devices.stream()
                .map(d -> new BlockLimits.Limit(d.path(), d.rate()))
                .toList();
    }

    private static void refuse(HostConfig host) {
        if (host.ioMaximumIops() != 0 || host.iOMaximumBandwidth() != 0) {
            // compat: docker's text
            throw EngineException.invalid(
                    "Invalid QoS settings: linux does not support Maximum IO Bandwidth or Maximum IO IOps");
        }
        for (String option : host.storageOpt().keySet()) {
            // compat: docker's texts; no overlay of this engine has a quota
            throw option.equals("size")
                    ? new EngineException(
                            EngineException.Kind.INTERNAL,
                            "--storage-opt is supported only for overlay over xfs with 'pquota' mount option")
                    : EngineException.invalid("Unknown option " + option);
        }
    }

    static Map<String, Rlimit> rlimits(HostConfig host) {
        Map<String, Rlimit> limits = new HashMap<>();
        for (Ulimit limit : host.ulimits()) {
            if (limit.hard() != -1 && limit.soft() > limit.hard()) {
                throw EngineException.invalid("ulimit soft limit must be less than or equal to hard limit: "
                        + limit.soft() + " > " + limit.hard());
            }
            limits.put(limit.name(), new Rlimit(limit.soft(), limit.hard()));
        }
        return limits;
    }
}
