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
 * @param blockWeightDevice disk access can be weighted for each device
 * @param blockRates disk access can be limited for each device
 * @param swappiness swapping can be tuned
 * @param reservation memory can be reserved
 * @param realtime time of realtime priority can be given
 * @param hugepages huge pages can be limited
 */
public record CgroupSupport(
        boolean memory,
        boolean swap,
        boolean oomKillDisable,
        boolean cpuShares,
        boolean cpuQuota,
        boolean cpuset,
        boolean pids,
        boolean blockWeight,
        boolean blockWeightDevice,
        boolean blockRates,
        boolean swappiness,
        boolean reservation,
        boolean realtime,
        boolean hugepages) {}
