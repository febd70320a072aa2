package dev.gantry.daemon.runtime.cgroup;

import java.util.Map;
import java.util.OptionalLong;

/**
 * Memory of a cgroup in bytes.
 *
 * @param usage now, the cache of files included
 * @param peak the most so far; version 1 only
 * @param failures how often the limit was met
 * @param limit absent where there is none
 * @param details by the kernel's names, which differ between the versions
 */
public record MemoryUsage(
        long usage, OptionalLong peak, long failures, OptionalLong limit, Map<String, Long> details) {}
