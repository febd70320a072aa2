package dev.gantry.daemon.api.docker.container;

import dev.gantry.api.HostConfig;
import dev.gantry.api.HostConfigBuilder;
import dev.gantry.daemon.runtime.cgroup.CgroupSupport;
import dev.gantry.daemon.service.container.ContainerRecord;
import dev.gantry.daemon.service.container.ContainerUpdate.Change;
import dev.gantry.daemon.service.container.HostSettings;
import dev.gantry.daemon.service.container.RestartPolicy;
import dev.gantry.daemon.type.EngineException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Reads a change of a container's resources: what is zero or absent stays as it is. Rules and texts are docker's, whose
 * daemon checks what is asked for by itself first, and then against what is set.
 */
final class UpdateReader {

    private final HostConfig asked;
    private final List<String> warnings = new ArrayList<>();

    private UpdateReader(HostConfig asked) {
        this.asked = asked;
    }

    /**
     * Checks a request by itself, and leaves out of it, with a warning, what the host cannot limit.
     *
     * @throws EngineException invalid
     */
    static UpdateReader of(HostConfig body, CgroupSupport support) {
        HostConfigBuilder usable = body.toBuilder();
        UpdateReader reader = new UpdateReader(body);
        if (body.blkioWeight() != 0 && !support.blockWeight()) {
            reader.warnings.add(
                    "Your kernel does not support Block I/O weight or the cgroup is not mounted. Weight discarded.");
            usable.blkioWeight(0);
        }
        if (body.memorySwap() != 0 && !support.swap()) {
            reader.warnings.add("Your kernel does not support swap limit capabilities or the cgroup is not mounted."
                    + " Memory limited without swap.");
            usable.memorySwap(0);
        }
        HostConfig config = usable.build();
        // compat: swap alone is no mistake here, as the container may have a limit of memory
        ResourcesReader.read(
                config.memory() == 0 ? config.toBuilder().memorySwap(0).build() : config);
        restartPolicy(config);
        UpdateReader checked = new UpdateReader(config);
        checked.warnings.addAll(reader.warnings);
        return checked;
    }

    /** The policy asked for; absent where it is to stay. */
    private static Optional<RestartPolicy> restartPolicy(HostConfig config) {
        String name = config.restartPolicy().name();
        int retries = config.restartPolicy().maximumRetryCount();
        return name.isEmpty() && retries == 0 ? Optional.empty() : Optional.of(RestartPolicy.of(name, retries));
    }

    /** What the user is to be told. */
    List<String> warnings() {
        return List.copyOf(warnings);
    }

    /**
     * Works the request into what a container has.
     *
     * @throws EngineException conflict, where the two do not go together
     */
    Change applyTo(ContainerRecord record) {
        CreationDocument document = CreationDocument.parse(record.creationDocument());
        HostConfig set = document.hostConfig();
        refuseConflicts(set);
        HostConfig merged = merge(set);
        HostSettings host = record.host().withResources(ResourcesReader.read(merged));
        return new Change(
                restartPolicy(asked).map(host::withRestart).orElse(host),
                new CreationDocument(document.config(), merged).text());
    }

    private void refuseConflicts(HostConfig set) {
        conflict(asked.nanoCpus() > 0 && set.cpuPeriod() > 0, nanoAgainst("CPU Period"));
        conflict(asked.nanoCpus() > 0 && set.cpuQuota() > 0, nanoAgainst("CPU Quota"));
        conflict(asked.cpuPeriod() > 0 && set.nanoCpus() > 0, againstNano("CPU Period"));
        conflict(asked.cpuQuota() > 0 && set.nanoCpus() > 0, againstNano("CPU Quota"));
        conflict(
                asked.memory() > swap(set) && asked.memorySwap() == 0,
                "Memory limit should be smaller than already set memoryswap limit, update the memoryswap at the same"
                        + " time");
        conflict(
                set.autoRemove()
                        && restartPolicy(asked)
                                .filter(policy -> policy.kind() != RestartPolicy.Kind.NO)
                                .isPresent(),
                "Restart policy cannot be updated because AutoRemove is enabled for the container");
    }

    /** What is written down as nothing means twice the memory. */
    private static long swap(HostConfig set) {
        return set.memorySwap() == 0 ? 2 * set.memory() : set.memorySwap();
    }

    private static String nanoAgainst(String other) {
        return "Conflicting options: Nano CPUs cannot be updated as " + other + " has already been set";
    }

    private static String againstNano(String other) {
        return "Conflicting options: " + other + " cannot be updated as NanoCPUs has already been set";
    }

    private static void conflict(boolean found, String text) {
        if (found) {
            throw EngineException.conflict(text);
        }
    }

    private HostConfig merge(HostConfig set) {
        HostConfigBuilder merged = set.toBuilder()
                .blkioWeight(asked.blkioWeight() == 0 ? set.blkioWeight() : asked.blkioWeight())
                .cpuShares(given(asked.cpuShares(), set.cpuShares()))
                .nanoCpus(given(asked.nanoCpus(), set.nanoCpus()))
                .cpuPeriod(given(asked.cpuPeriod(), set.cpuPeriod()))
                .cpuQuota(given(asked.cpuQuota(), set.cpuQuota()))
                .cpuRealtimePeriod(given(asked.cpuRealtimePeriod(), set.cpuRealtimePeriod()))
                .cpuRealtimeRuntime(given(asked.cpuRealtimeRuntime(), set.cpuRealtimeRuntime()))
                .cpusetCpus(asked.cpusetCpus().isEmpty() ? set.cpusetCpus() : asked.cpusetCpus())
                .cpusetMems(asked.cpusetMems().isEmpty() ? set.cpusetMems() : asked.cpusetMems())
                .memory(given(asked.memory(), set.memory()))
                .memorySwap(given(asked.memorySwap(), swap(set)))
                .memoryReservation(given(asked.memoryReservation(), set.memoryReservation()));
        if (asked.pidsLimit() != null) {
            merged.pidsLimit(asked.pidsLimit());
        }
        if (restartPolicy(asked).isPresent()) {
            merged.restartPolicy(asked.restartPolicy());
        }
        return merged.build();
    }

    private static long given(long wanted, long present) {
        return wanted == 0 ? present : wanted;
    }
}
