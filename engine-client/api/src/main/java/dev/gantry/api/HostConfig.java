package dev.gantry.api;

import com.fasterxml.jackson.annotation.JsonFormat;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.annotation.JsonSerialize;

/**
 * The part of a container that depends on the host: resources, mounts, network mode, privileges.
 * Sizes in bytes; CPU times in microseconds. Null masked and read-only paths mean the defaults, empty means none.
 *
 * @param binds {@code source:target[:options]}
 * @param networkMode default, bridge, host, none, container:name or a network
 * @param portBindings by {@code 80/tcp}
 * @param consoleSize height and width
 * @param nanoCpus billionths of a CPU
 * @param memorySwap memory plus swap, -1 for unlimited swap
 * @param pidsLimit null, 0 or less for unlimited
 * @param healthOnFailure none, kill, restart or stop; an extension of Gantry's
 */
public record HostConfig(
        @JsonSerialize(using = NullIfEmptySerializer.class) List<String> binds,
        @JsonProperty("ContainerIDFile") String containerIdFile,
        LogConfig logConfig,
        String networkMode,
        Map<String, List<PortBinding>> portBindings,
        RestartPolicy restartPolicy,
        boolean autoRemove,
        String volumeDriver,
        @JsonSerialize(using = NullIfEmptySerializer.class) List<String> volumesFrom,
        List<Integer> consoleSize,
        @OmitEmpty Map<String, String> annotations,

        @JsonSerialize(using = NullIfEmptySerializer.class)
        @JsonFormat(with = JsonFormat.Feature.ACCEPT_SINGLE_VALUE_AS_ARRAY)
        List<String> capAdd,

        @JsonSerialize(using = NullIfEmptySerializer.class)
        @JsonFormat(with = JsonFormat.Feature.ACCEPT_SINGLE_VALUE_AS_ARRAY)
        List<String> capDrop,

        String cgroupnsMode,
        List<String> dns,
        List<String> dnsOptions,
        List<String> dnsSearch,
        @JsonSerialize(using = NullIfEmptySerializer.class) List<String> extraHosts,
        @JsonSerialize(using = NullIfEmptySerializer.class) List<String> groupAdd,
        String ipcMode,
        String cgroup,
        @JsonSerialize(using = NullIfEmptySerializer.class) List<String> links,
        int oomScoreAdj,
        String pidMode,
        boolean privileged,
        boolean publishAllPorts,
        boolean readonlyRootfs,
        @JsonSerialize(using = NullIfEmptySerializer.class) List<String> securityOpt,
        @OmitEmpty Map<String, String> storageOpt,
        @OmitEmpty Map<String, String> tmpfs,
        @JsonProperty("UTSMode") String utsMode,
        String usernsMode,
        long shmSize,
        @OmitEmpty Map<String, String> sysctls,
        String runtime,
        String isolation,
        long cpuShares,
        long memory,
        long nanoCpus,
        String cgroupParent,
        int blkioWeight,
        List<WeightDevice> blkioWeightDevice,
        List<ThrottleDevice> blkioDeviceReadBps,
        List<ThrottleDevice> blkioDeviceWriteBps,
        @JsonProperty("BlkioDeviceReadIOps") List<ThrottleDevice> blkioDeviceReadIops,
        @JsonProperty("BlkioDeviceWriteIOps") List<ThrottleDevice> blkioDeviceWriteIops,
        long cpuPeriod,
        long cpuQuota,
        long cpuRealtimePeriod,
        long cpuRealtimeRuntime,
        String cpusetCpus,
        String cpusetMems,
        List<DeviceMapping> devices,
        @JsonSerialize(using = NullIfEmptySerializer.class) List<String> deviceCgroupRules,
        @JsonSerialize(using = NullIfEmptySerializer.class) List<DeviceRequest> deviceRequests,
        @OmitEmpty long kernelMemory,
        @JsonProperty("KernelMemoryTCP") @OmitEmpty long kernelMemoryTcp,
        long memoryReservation,
        long memorySwap,
        @Nullable Long memorySwappiness,
        @Nullable Boolean oomKillDisable,
        @Nullable Long pidsLimit,
        List<Ulimit> ulimits,
        long cpuCount,
        long cpuPercent,
        @JsonProperty("IOMaximumIOps") long ioMaximumIops,
        long iOMaximumBandwidth,
        @OmitEmpty List<Mount> mounts,
        @Nullable List<String> maskedPaths,
        @Nullable List<String> readonlyPaths,
        @OmitNull @Nullable Boolean init,
        @OmitEmpty String healthOnFailure) {

    /** All values absent. */
    public static final HostConfig EMPTY = new HostConfig(
            List.of(),
            "",
            LogConfig.EMPTY,
            "",
            Map.of(),
            RestartPolicy.EMPTY,
            false,
            "",
            List.of(),
            List.of(),
            Map.of(),
            List.of(),
            List.of(),
            "",
            List.of(),
            List.of(),
            List.of(),
            List.of(),
            List.of(),
            "",
            "",
            List.of(),
            0,
            "",
            false,
            false,
            false,
            List.of(),
            Map.of(),
            Map.of(),
            "",
            "",
            0,
            Map.of(),
            "",
            "",
            0,
            0,
            0,
            "",
            0,
            List.of(),
            List.of(),
            List.of(),
            List.of(),
            List.of(),
            0,
            0,
            0,
            0,
            "",
            "",
            List.of(),
            List.of(),
            List.of(),
            0,
            0,
            0,
            0,
            null,
            null,
            null,
            List.of(),
            0,
            0,
            0,
            0,
            List.of(),
            null,
            null,
            null,
            "");

    public HostConfig {
        binds = Absent.list(binds);
        containerIdFile = Absent.text(containerIdFile);
        networkMode = Absent.text(networkMode);
        portBindings = Absent.map(portBindings);
        volumeDriver = Absent.text(volumeDriver);
        volumesFrom = Absent.list(volumesFrom);
        consoleSize = Absent.list(consoleSize);
        annotations = Absent.texts(annotations);
        capAdd = Absent.list(capAdd);
        capDrop = Absent.list(capDrop);
        cgroupnsMode = Absent.text(cgroupnsMode);
        dns = Absent.list(dns);
        dnsOptions = Absent.list(dnsOptions);
        dnsSearch = Absent.list(dnsSearch);
        extraHosts = Absent.list(extraHosts);
        groupAdd = Absent.list(groupAdd);
        ipcMode = Absent.text(ipcMode);
        cgroup = Absent.text(cgroup);
        links = Absent.list(links);
        pidMode = Absent.text(pidMode);
        securityOpt = Absent.list(securityOpt);
        storageOpt = Absent.texts(storageOpt);
        tmpfs = Absent.texts(tmpfs);
        utsMode = Absent.text(utsMode);
        usernsMode = Absent.text(usernsMode);
        sysctls = Absent.texts(sysctls);
        runtime = Absent.text(runtime);
        isolation = Absent.text(isolation);
        cgroupParent = Absent.text(cgroupParent);
        blkioWeightDevice = Absent.list(blkioWeightDevice);
        blkioDeviceReadBps = Absent.list(blkioDeviceReadBps);
        blkioDeviceWriteBps = Absent.list(blkioDeviceWriteBps);
        blkioDeviceReadIops = Absent.list(blkioDeviceReadIops);
        blkioDeviceWriteIops = Absent.list(blkioDeviceWriteIops);
        cpusetCpus = Absent.text(cpusetCpus);
        cpusetMems = Absent.text(cpusetMems);
        devices = Absent.list(devices);
        deviceCgroupRules = Absent.list(deviceCgroupRules);
        deviceRequests = Absent.list(deviceRequests);
        ulimits = Absent.list(ulimits);
        mounts = Absent.list(mounts);
        maskedPaths = maskedPaths == null ? null : Absent.list(maskedPaths);
        readonlyPaths = readonlyPaths == null ? null : Absent.list(readonlyPaths);
        healthOnFailure = Absent.text(healthOnFailure);
        logConfig = logConfig == null ? LogConfig.EMPTY : logConfig;
        restartPolicy = restartPolicy == null ? RestartPolicy.EMPTY : restartPolicy;
    }

    /** Start with everything absent. */
    public static HostConfigBuilder builder() {
        return new HostConfigBuilder();
    }

    /** Start with the values of this one. */
    public HostConfigBuilder toBuilder() {
        return new HostConfigBuilder(this);
    }
}
