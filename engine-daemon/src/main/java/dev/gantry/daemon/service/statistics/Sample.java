package dev.gantry.daemon.service.statistics;

import dev.gantry.daemon.linux.process.HostProcessors;
import dev.gantry.daemon.linux.process.InterfaceCounters;
import dev.gantry.daemon.runtime.cgroup.CgroupUsage;
import java.time.Instant;
import java.util.Map;

/**
 * What a container uses at a moment.
 *
 * @param at when
 * @param usage what its cgroup tells
 * @param processors of the host at the same time
 * @param interfaces of its network namespace; none where that is not its own
 */
public record Sample(
        Instant at, CgroupUsage usage, HostProcessors processors, Map<String, InterfaceCounters> interfaces) {

    public Sample {
        interfaces = Map.copyOf(interfaces);
    }
}
