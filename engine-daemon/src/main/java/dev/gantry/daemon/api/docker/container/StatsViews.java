package dev.gantry.daemon.api.docker.container;

import dev.gantry.api.BlkioEntry;
import dev.gantry.api.BlkioStats;
import dev.gantry.api.ContainerStats;
import dev.gantry.api.CpuStats;
import dev.gantry.api.CpuUsage;
import dev.gantry.api.MemoryStats;
import dev.gantry.api.NetworkStats;
import dev.gantry.api.PidsStats;
import dev.gantry.api.ThrottlingData;
import dev.gantry.daemon.linux.process.InterfaceCounters;
import dev.gantry.daemon.runtime.cgroup.BlockCounter;
import dev.gantry.daemon.runtime.cgroup.CgroupUsage;
import dev.gantry.daemon.runtime.cgroup.MemoryUsage;
import dev.gantry.daemon.runtime.cgroup.ProcessorUsage;
import dev.gantry.daemon.service.container.ContainerRecord;
import dev.gantry.daemon.service.statistics.Sample;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Shows what containers use as the Engine API does. */
final class StatsViews {

    private final long hostMemory;

    /** @param hostMemory bytes, the limit of containers that have none */
    StatsViews(long hostMemory) {
        this.hostMemory = hostMemory;
    }

    /** Shows a sample beside the one before. */
    ContainerStats view(ContainerRecord record, Sample sample, Optional<Sample> before) {
        CgroupUsage usage = sample.usage();
        return new ContainerStats(
                sample.at().toString(),
                before.map(s -> s.at().toString()).orElse(ContainerStats.NEVER),
                new PidsStats(usage.pids(), usage.pidsLimit().orElse(0)),
                BlkioStats.of(
                        entries(usage.blockBytes()),
                        usage.blockOperations().isEmpty() ? null : entries(usage.blockOperations())),
                0,
                Map.of(),
                cpu(sample),
                before.map(StatsViews::cpu).orElse(CpuStats.EMPTY),
                memory(usage.memory()),
                "/" + record.name(),
                record.id().value(),
                sample.interfaces().isEmpty() ? null : networks(sample.interfaces()));
    }

    private static CpuStats cpu(Sample sample) {
        ProcessorUsage usage = sample.usage().processor();
        return new CpuStats(
                new CpuUsage(usage.total(), usage.perProcessor(), usage.kernel(), usage.user()),
                sample.processors().time().toNanos(),
                sample.processors().online(),
                new ThrottlingData(usage.periods(), usage.throttledPeriods(), usage.throttledTime()));
    }

    private MemoryStats memory(MemoryUsage usage) {
        return new MemoryStats(
                usage.usage(),
                usage.peak().orElse(0),
                usage.details(),
                usage.failures(),
                Math.min(usage.limit().orElse(hostMemory), hostMemory));
    }

    private static List<BlkioEntry> entries(List<BlockCounter> counters) {
        return counters.stream()
                .map(c -> new BlkioEntry(c.major(), c.minor(), c.operation(), c.value()))
                .toList();
    }

    private static Map<String, NetworkStats> networks(Map<String, InterfaceCounters> interfaces) {
        Map<String, NetworkStats> networks = new TreeMap<>();
        interfaces.forEach((name, c) -> networks.put(
                name,
                new NetworkStats(
                        c.receivedBytes(),
                        c.receivedPackets(),
                        c.receiveErrors(),
                        c.receiveDrops(),
                        c.sentBytes(),
                        c.sentPackets(),
                        c.sendErrors(),
                        c.sendDrops())));
        return networks;
    }
}
