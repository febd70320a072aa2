package dev.gantry.daemon.runtime.cgroup;

/**
 * Which limits the host's kernel can put on containers, as {@code /info} tells.
 *
 * @param memory memory can be limited
 * @param swap swap can be limited
 * @param oomKillDisable the kernel can pause instead of kill
 * @param cpuShares processor time can be weighted
 * @param cpuQuota processor time can be limited
 * @param cpuset processors can be assigned
 * @param pids processes can be limited
 * @param blockWeight disk access can be weighted
 */
public record CgroupSupport(
        boolean memory,
        boolean swap,
        boolean oomKillDisable,
        boolean cpuShares,
        boolean cpuQuota,
        boolean cpuset,
        boolean pids,
        boolean blockWeight) {}
