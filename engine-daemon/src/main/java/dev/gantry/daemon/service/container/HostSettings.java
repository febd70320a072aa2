package dev.gantry.daemon.service.container;

import dev.gantry.daemon.network.PortRequest;
import dev.gantry.daemon.runtime.spec.ProcessSpec.Rlimit;
import dev.gantry.daemon.runtime.spec.Resources;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * What a container may take from its host.
 *
 * @param network where its network namespace comes from
 * @param ports to publish
 * @param publishAllPorts whether each exposed port is published on a port of the engine's choice
 * @param mounts in the order they are mounted
 * @param resources limits of its cgroup
 * @param cgroupParent where its cgroup hangs; absent: below the engine's own
 * @param deviceRules further rules of the devices cgroup, as {@code c 1:3 rwm}
 * @param security capabilities, profiles, views of the kernel
 * @param namespaces which namespaces it shares
 * @param names how it resolves names
 * @param readOnlyRoot whether its root file system can be written to
 * @param init whether a small init process reaps orphans and forwards signals
 * @param autoRemove whether it is removed when it ends
 * @param shmBytes size of {@code /dev/shm}
 * @param rlimits per process, by name ({@code RLIMIT_NOFILE})
 * @param oomScoreAdjust -1000 to 1000
 * @param devices host devices to show
 * @param sysctls of its namespaces
 * @param runtime the OCI runtime's name; empty for the default one
 * @param log where output goes
 * @param restart when the engine starts it again
 * @param healthAction what becomes of it when it is unhealthy
 */
public record HostSettings(
        NetworkMode network,
        List<PortRequest> ports,
        boolean publishAllPorts,
        List<MountRequest> mounts,
        Resources resources,
        Optional<String> cgroupParent,
        List<String> deviceRules,
        Security security,
        Namespaces namespaces,
        NameResolution names,
        boolean readOnlyRoot,
        boolean init,
        boolean autoRemove,
        long shmBytes,
        Map<String, Rlimit> rlimits,
        Optional<Integer> oomScoreAdjust,
        List<DeviceRequest> devices,
        Map<String, String> sysctls,
        String runtime,
        LogSettings log,
        RestartPolicy restart,
        HealthAction healthAction) {

    public HostSettings {
        // records written before there were these
        restart = Objects.requireNonNullElse(restart, RestartPolicy.NONE);
        healthAction = Objects.requireNonNullElse(healthAction, HealthAction.NONE);
        ports = List.copyOf(ports);
        mounts = List.copyOf(mounts);
        deviceRules = List.copyOf(deviceRules);
        rlimits = Map.copyOf(rlimits);
        devices = List.copyOf(devices);
        sysctls = Map.copyOf(sysctls);
    }

    HostSettings withRestart(RestartPolicy policy) {
        return new HostSettings(
                network,
                ports,
                publishAllPorts,
                mounts,
                resources,
                cgroupParent,
                deviceRules,
                security,
                namespaces,
                names,
                readOnlyRoot,
                init,
                autoRemove,
                shmBytes,
                rlimits,
                oomScoreAdjust,
                devices,
                sysctls,
                runtime,
                log,
                policy,
                healthAction);
    }

    /**
     * What the container's processes are allowed.
     *
     * @param privileged whether it is given nearly everything
     * @param capAdd capability names, or ALL
     * @param capDrop capability names, or ALL
     * @param groupAdd further groups, names or numbers
     * @param noNewPrivileges whether setuid programs lose their power
     * @param seccomp {@code default}, {@code unconfined}, or a profile as JSON
     * @param maskedPaths absent: the defaults
     * @param readOnlyPaths absent: the defaults
     */
    public record Security(
            boolean privileged,
            List<String> capAdd,
            List<String> capDrop,
            List<String> groupAdd,
            boolean noNewPrivileges,
            String seccomp,
            Optional<List<String>> maskedPaths,
            Optional<List<String>> readOnlyPaths) {

        public Security {
            capAdd = List.copyOf(capAdd);
            capDrop = List.copyOf(capDrop);
            groupAdd = List.copyOf(groupAdd);
        }
    }

    /**
     * Which namespaces the container shares: {@code private}, {@code host}, {@code none} or {@code container:<id>}.
     *
     * @param pid processes
     * @param ipc shared memory and queues
     * @param uts host name
     * @param cgroup view of the cgroup tree
     */
    public record Namespaces(String pid, String ipc, String uts, String cgroup) {}

    /**
     * How names are resolved in the container.
     *
     * @param servers empty: the host's
     * @param search empty: the host's
     * @param options empty: the host's
     * @param extraHosts lines for {@code /etc/hosts}, as {@code name:address}
     */
    public record NameResolution(
            List<String> servers, List<String> search, List<String> options, List<String> extraHosts) {

        public NameResolution {
            servers = List.copyOf(servers);
            search = List.copyOf(search);
            options = List.copyOf(options);
            extraHosts = List.copyOf(extraHosts);
        }
    }

    /**
     * A device of the host.
     *
     * @param hostPath on the host
     * @param containerPath in the container
     * @param permissions of {@code r}, {@code w}, {@code m}
     */
    public record DeviceRequest(String hostPath, String containerPath, String permissions) {}

    /**
     * Where output goes.
     *
     * @param driver as the user named it
     * @param maxBytes the log is cut at this size; 0: never
     */
    public record LogSettings(String driver, long maxBytes) {}
}
