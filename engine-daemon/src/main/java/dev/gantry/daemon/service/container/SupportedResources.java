package dev.gantry.daemon.service.container;

import dev.gantry.daemon.runtime.cgroup.CgroupSupport;
import dev.gantry.daemon.runtime.spec.BlockLimits;
import dev.gantry.daemon.runtime.spec.Resources;
import dev.gantry.daemon.type.EngineException;
import java.util.ArrayList;
import java.util.List;

/**
 * The limits a container gets of those it asks for: what the kernel cannot limit is left out with a warning, in docker's
 * words.
 *
 * @param resources what remains
 * @param warnings for the user
 */
record SupportedResources(Resources resources, List<String> warnings) {

    SupportedResources {
        warnings = List.copyOf(warnings);
    }

    static SupportedResources of(Resources asked, CgroupSupport kernel) {
        Reduction reduction = new Reduction(asked, kernel);
        reduction.memory();
        reduction.processors();
        reduction.blocks();
        return new SupportedResources(reduction.kept.build(), reduction.warnings);
    }

    /** Takes one limit after the other away. */
    private static final class Reduction {

        private final Resources asked;
        private final CgroupSupport kernel;
        private final Resources.Builder kept;
        private final List<String> warnings = new ArrayList<>();

        Reduction(Resources asked, CgroupSupport kernel) {
            this.asked = asked;
            this.kernel = kernel;
            this.kept = asked.toBuilder();
        }

        private void discard(boolean unsupported, String warning, Runnable removal) {
            if (unsupported) {
                warnings.add(warning);
                removal.run();
            }
        }

        void memory() {
            discard(
                    asked.memory().isPresent() && !kernel.memory(),
                    "Your kernel does not support memory limit capabilities or the cgroup is not mounted. Limitation"
                            + " discarded.",
                    () -> kept.memory(0).memorySwap(0));
            discard(
                    asked.memory().isPresent()
                            && kernel.memory()
                            && asked.memorySwap().filter(swap -> swap != -1).isPresent()
                            && !kernel.swap(),
                    "Your kernel does not support swap limit capabilities or the cgroup is not mounted. Memory limited"
                            + " without swap.",
                    () -> kept.memorySwap(0));
            discard(
                    asked.memorySwappiness().isPresent() && !kernel.swappiness(),
                    "Your kernel does not support memory swappiness capabilities or the cgroup is not mounted. Memory"
                            + " swappiness discarded.",
                    () -> kept.memorySwappiness(-1));
            discard(
                    asked.memoryReservation().isPresent() && !kernel.reservation(),
                    "Your kernel does not support memory soft limit capabilities or the cgroup is not mounted."
                            + " Limitation discarded.",
                    () -> kept.memoryReservation(0));
            discard(
                    asked.oomKillDisabled() && !kernel.oomKillDisable(),
                    "Your kernel does not support OomKillDisable. OomKillDisable discarded.",
                    kept::allowOomKill);
            discard(
                    asked.oomKillDisabled()
                            && kernel.oomKillDisable()
                            && asked.memory().isEmpty(),
                    "OOM killer is disabled for the container, but no memory limit is set, this can result in the"
                            + " system running out of resources.",
                    () -> {});
            discard(
                    asked.pidsLimit().isPresent() && !kernel.pids(),
                    "Your kernel does not support PIDs limit capabilities or the cgroup is not mounted. PIDs limit"
                            + " discarded.",
                    () -> kept.pidsLimit(0));
            if (!asked.hugepages().isEmpty() && !kernel.hugepages()) {
                throw EngineException.invalid("huge pages cannot be limited: this kernel has no hugetlb cgroup");
            }
        }

        void processors() {
            discard(
                    asked.cpuShares().isPresent() && !kernel.cpuShares(),
                    "Your kernel does not support CPU shares or the cgroup is not mounted. Shares discarded.",
                    () -> kept.cpuShares(0));
            discard(
                    (asked.cpuQuota().isPresent() || asked.cpuPeriod().isPresent()) && !kernel.cpuQuota(),
                    "Your kernel does not support CPU CFS scheduler. CPU period/quota discarded.",
                    () -> kept.cpuQuota(0).cpuPeriod(0));
            discard(
                    !(asked.cpusetCpus() + asked.cpusetMems()).isEmpty() && !kernel.cpuset(),
                    "Your kernel does not support cpuset or the cgroup is not mounted. Cpuset discarded.",
                    () -> kept.cpuset("", ""));
            if (!asked.realtime().equals(Resources.Realtime.NONE) && !kernel.realtime()) {
                // compat: docker's text
                throw new EngineException(
                        EngineException.Kind.INTERNAL, "kernel does not support cpu real-time scheduler");
            }
        }

        void blocks() {
            BlockLimits limits = asked.blockLimits();
            discard(
                    asked.blkioWeight().isPresent() && !kernel.blockWeight(),
                    "Your kernel does not support Block I/O weight or the cgroup is not mounted. Weight discarded.",
                    () -> kept.blkioWeight(0));
            BlockLimits left = limits;
            if (!limits.weights().isEmpty() && !kernel.blockWeightDevice()) {
                warnings.add("Your kernel does not support Block I/O weight_device or the cgroup is not mounted."
                        + " Weight-device discarded.");
                left = left.withWeights(List.of());
            }
            if (limits.hasRates() && !kernel.blockRates()) {
                warnings.add("Your kernel does not support BPS Block I/O read limit or the cgroup is not mounted."
                        + " Block I/O limits discarded.");
                left = left.withoutRates();
            }
            kept.blockLimits(left);
        }
    }
}
