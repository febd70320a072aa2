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
 * @param links to other containers, by which it knows them
 * @param volumesFrom containers whose mounts it shares
 * @param driverRequests devices that a driver chooses
 * @param annotations for the OCI runtime
 * @param macAddress of its first interface; absent: one that follows from its address
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
        List<Link> links,
        List<VolumesFrom> volumesFrom,
        List<DriverRequest> driverRequests,
        Map<String, String> annotations,
        Optional<String> macAddress,
        RestartPolicy restart,
        HealthAction healthAction) {

    /** Records of older daemons lack what they did not know. */
    public HostSettings {
        links = links == null ? List.of() : List.copyOf(links);
        volumesFrom = volumesFrom == null ? List.of() : List.copyOf(volumesFrom);
        driverRequests = driverRequests == null ? List.of() : List.copyOf(driverRequests);
        annotations = annotations == null ? Map.of() : Map.copyOf(annotations);
        macAddress = macAddress == null ? Optional.empty() : macAddress;
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

    /** The same with another policy. */
    public HostSettings withRestart(RestartPolicy policy) {
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
                links,
                volumesFrom,
                driverRequests,
                annotations,
                macAddress,
                policy,
                healthAction);
    }

    /** The same with other limits. */
    public HostSettings withResources(Resources newLimits) {
        return new HostSettings(
                network,
                ports,
                publishAllPorts,
                mounts,
                newLimits,
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
                links,
                volumesFrom,
                driverRequests,
                annotations,
                macAddress,
                restart,
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
     * @param appArmor the AppArmor profile; empty for the default one
     */
    public record Security(
            boolean privileged,
            List<String> capAdd,
            List<String> capDrop,
            List<String> groupAdd,
            boolean noNewPrivileges,
            String seccomp,
            Optional<List<String>> maskedPaths,
            Optional<List<String>> readOnlyPaths,
            String appArmor) {

        public Security {
            appArmor = appArmor == null ? "" : appArmor;
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
     * Another container, known by a name.
     *
     * @param target a reference to it, its id once the container is made
     * @param alias the name
     */
    public record Link(String target, String alias) {}

    /**
     * Another container's mounts.
     *
     * @param target a reference to it
     * @param readOnly whether they cannot be written to
     */
    public record VolumesFrom(String target, boolean readOnly) {}

    /**
     * Devices that a driver chooses.
     *
     * @param driver empty: whichever has the capabilities
     * @param count -1: all; 0: the ones that are named
     * @param ids names of devices
     * @param capabilities any of them, each a set that must be there as a whole
     */
    public record DriverRequest(String driver, int count, List<String> ids, List<List<String>> capabilities) {
        public DriverRequest {
            ids = List.copyOf(ids);
            capabilities = List.copyOf(capabilities);
        }
    }

    /** Gives the same settings with what was found out when the container is made. */
    HostSettings with(Resources limits, List<Link> resolved, NetworkMode mode, Namespaces shared) {
        return new HostSettings(
                mode,
                ports,
                publishAllPorts,
                mounts,
                limits,
                cgroupParent,
                deviceRules,
                security,
                shared,
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
                resolved,
                volumesFrom,
                driverRequests,
                annotations,
                macAddress,
                restart,
                healthAction);
    }

    /**
     * Where output goes.
     *
     * @param driver the driver's name
     * @param options the driver's
     */
    public record LogSettings(String driver, Map<String, String> options) {

        public LogSettings {
            // records written before there were options have none
            options = Map.copyOf(Objects.requireNonNullElse(options, Map.of()));
        }
    }
}
