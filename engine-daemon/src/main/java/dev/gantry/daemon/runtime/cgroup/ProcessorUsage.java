package dev.gantry.daemon.runtime.cgroup;

import java.util.List;

/**
 * Processor time of a cgroup in nanoseconds.
 *
 * @param total since it was made
 * @param user of that, in programs
 * @param kernel of that, in the kernel
 * @param perProcessor version 1 only, else empty
 * @param periods of its quota that have passed
 * @param throttledPeriods of those, in which the quota was used up
 * @param throttledTime for which its processes had to wait
 */
public record ProcessorUsage(
        long total,
        long user,
        long kernel,
        List<Long> perProcessor,
        long periods,
        long throttledPeriods,
        long throttledTime) {

    public ProcessorUsage {
        perProcessor = List.copyOf(perProcessor);
    }
}
