package dev.gantry.daemon.runtime.cgroup;

import dev.gantry.daemon.runtime.spec.Resources;
import dev.gantry.daemon.type.EngineException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Locale;
import java.util.Optional;

/**
 * Brings the limits of a running container's cgroup from one set to another, through the cgroup's files. What is the
 * same in both is not touched. For one thread.
 */
public final class LimitsWriter {

    private static final long UNLIMITED = -1;
    private static final long DEFAULT_SHARES = 1024;
    private static final long DEFAULT_PERIOD = 100_000;
    private static final int DEFAULT_BLOCK_WEIGHT = 500;

    private final ContainerCgroup group;
    private final Resources before;
    private final Resources after;

    private LimitsWriter(ContainerCgroup group, Resources before, Resources after) {
        this.group = group;
        this.before = before;
        this.after = after;
    }

    /**
     * Writes what differs; where that fails half-way, what was written is taken back.
     *
     * @throws EngineException with what the kernel refused
     */
    public static void change(ContainerCgroup group, Resources before, Resources after) {
        try {
            new LimitsWriter(group, before, after).write();
        } catch (EngineException failure) {
            try {
                new LimitsWriter(group, after, before).write();
            } catch (EngineException e) {
                failure.addSuppressed(e);
            }
            throw failure;
        }
    }

    private void write() {
        writeMemory();
        writeReservation();
        writeCpu();
        writeCpuset("cpuset.cpus", before.cpusetCpus(), after.cpusetCpus());
        writeCpuset("cpuset.mems", before.cpusetMems(), after.cpusetMems());
        if (!before.pidsLimit().equals(after.pidsLimit())) {
            write("pids", "pids.max", after.pidsLimit().map(String::valueOf).orElse("max"));
        }
        writeBlockWeight();
    }

    private void writeMemory() {
        if (before.memory().equals(after.memory()) && before.memorySwap().equals(after.memorySwap())) {
            return;
        }
        if (group.isUnified()) {
            writeUnifiedMemory();
            return;
        }
        long limit = after.memory().orElse(UNLIMITED);
        long swap = after.memorySwap().orElse(UNLIMITED);
        boolean growing = swap == UNLIMITED || swap > present("memory", "memory.memsw.limit_in_bytes");
        // the kernel never lets the limit of memory stand above that of memory and swap together
        if (growing) {
            writeIfThere("memory", "memory.memsw.limit_in_bytes", swap);
        }
        writeLimit(limit);
        if (!growing) {
            writeIfThere("memory", "memory.memsw.limit_in_bytes", swap);
        }
    }

    private void writeLimit(long limit) {
        try {
            write("memory", "memory.limit_in_bytes", Long.toString(limit));
        } catch (EngineException e) {
            if (String.valueOf(e.getMessage()).contains("busy")) {
                throw belowUsage(
                        limit,
                        present("memory", "memory.usage_in_bytes"),
                        present("memory", "memory.max_usage_in_bytes"),
                        e);
            }
            throw e;
        }
    }

    /** compat: the text of runc, which people search for. */
    private static EngineException belowUsage(long limit, long usage, long peak, Throwable cause) {
        return EngineException.internal(
                "unable to set memory limit to " + limit + " (current usage: " + usage + ", peak usage: " + peak + ")",
                cause);
    }

    private void writeUnifiedMemory() {
        long limit = after.memory().orElse(UNLIMITED);
        long swap = after.memorySwap().orElse(UNLIMITED);
        long current = present("memory", "memory.current");
        if (limit > 0 && current > limit && current - cache() > limit) {
            // version 2 would take the limit and kill for it
            throw belowUsage(
                    limit,
                    current,
                    present("memory", "memory.peak"),
                    new IOException("memory that cannot be reclaimed is above the limit"));
        }
        if (exists("memory", "memory.swap.max")) {
            long room = swap == UNLIMITED || limit == UNLIMITED ? UNLIMITED : swap - limit;
            write("memory", "memory.swap.max", room == UNLIMITED ? "max" : Long.toString(room));
        }
        write("memory", "memory.max", limit == UNLIMITED ? "max" : Long.toString(limit));
    }

    /** What the kernel can give back of the memory: the pages of files. */
    private long cache() {
        CgroupFile.Table stat = group.directory("memory")
                .map(d -> CgroupFile.table(d.resolve("memory.stat")))
                .orElse(CgroupFile.NOTHING);
        return stat.value("active_file") + stat.value("inactive_file") + stat.value("slab_reclaimable");
    }

    private void writeReservation() {
        if (before.memoryReservation().equals(after.memoryReservation())) {
            return;
        }
        if (group.isUnified()) {
            write(
                    "memory",
                    "memory.low",
                    Long.toString(after.memoryReservation().orElse(0L)));
        } else {
            write(
                    "memory",
                    "memory.soft_limit_in_bytes",
                    Long.toString(after.memoryReservation().orElse(UNLIMITED)));
        }
    }

    private void writeCpu() {
        if (!before.cpuShares().equals(after.cpuShares())) {
            long shares = after.cpuShares().orElse(DEFAULT_SHARES);
            if (group.isUnified()) {
                write("cpu", "cpu.weight", Long.toString(weightOfShares(shares)));
            } else {
                write("cpu", "cpu.shares", Long.toString(shares));
            }
        }
        if (before.cpuQuota().equals(after.cpuQuota()) && before.cpuPeriod().equals(after.cpuPeriod())) {
            return;
        }
        long period = after.cpuPeriod().orElse(DEFAULT_PERIOD);
        long quota = after.cpuQuota().orElse(UNLIMITED);
        if (group.isUnified()) {
            write("cpu", "cpu.max", (quota < 0 ? "max" : Long.toString(quota)) + " " + period);
        } else {
            // without a quota any period is valid: no order of the two can then be refused on the way
            write("cpu", "cpu.cfs_quota_us", "-1");
            write("cpu", "cpu.cfs_period_us", Long.toString(period));
            write("cpu", "cpu.cfs_quota_us", Long.toString(quota));
        }
    }

    /** The weight of version 2 for shares of version 1: 2 to 262144 become 1 to 10000. */
    static long weightOfShares(long shares) {
        return 1 + (Math.max(2, Math.min(262_144, shares)) - 2) * 9_999 / 262_142;
    }

    private void writeCpuset(String file, String old, String wanted) {
        if (old.equals(wanted)) {
            return;
        }
        write("cpuset", file, wanted.isEmpty() && !group.isUnified() ? parentValue(file) : wanted);
    }

    /** Version 1 has no word for "as above". */
    private String parentValue(String file) {
        return group.directory("cpuset")
                .map(Path::getParent)
                .map(parent -> CgroupFile.text(parent.resolve(file)))
                .orElse("");
    }

    private void writeBlockWeight() {
        if (before.blkioWeight().equals(after.blkioWeight())) {
            return;
        }
        int weight = after.blkioWeight().orElse(DEFAULT_BLOCK_WEIGHT);
        if (!group.isUnified()) {
            String file = exists("blkio", "blkio.weight") ? "blkio.weight" : "blkio.bfq.weight";
            write("blkio", file, Integer.toString(weight));
        } else if (exists("io", "io.bfq.weight")) {
            write("io", "io.bfq.weight", Integer.toString(weight));
        } else {
            write("io", "io.weight", Long.toString(weightOfBlock(weight)));
        }
    }

    /** The weight of {@code io.weight}, 1 to 10000, for one of 10 to 1000. */
    static long weightOfBlock(long weight) {
        return 1 + (weight - 10) * 9_999 / 990;
    }

    private boolean exists(String controller, String file) {
        return group.directory(controller)
                .map(d -> Files.exists(d.resolve(file)))
                .orElse(false);
    }

    private long present(String controller, String file) {
        return group.directory(controller)
                .map(d -> CgroupFile.number(d.resolve(file)))
                .orElse(0L);
    }

    private void writeIfThere(String controller, String file, long value) {
        if (exists(controller, file)) {
            write(controller, file, Long.toString(value));
        }
    }

    private void write(String controller, String name, String value) {
        Optional<Path> directory = group.directory(controller);
        if (directory.isEmpty()) {
            throw EngineException.unavailable("this host has no cgroup controller " + controller);
        }
        Path file = directory.get().resolve(name);
        try {
            Files.writeString(file, value, StandardOpenOption.WRITE);
        } catch (IOException e) {
            String reason = String.valueOf(e.getMessage()).replace(file + ": ", "");
            throw EngineException.internal(
                    "failed to write \"" + value + "\": write " + file + ": " + reason.toLowerCase(Locale.ROOT), e);
        }
    }
}
