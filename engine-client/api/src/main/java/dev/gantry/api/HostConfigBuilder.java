package dev.gantry.api;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Builds a {@link HostConfig}; what is not set is absent. Not thread-safe.
 */
public final class HostConfigBuilder {
    private List<String> binds = List.of();
    private String containerIdFile = "";
    private LogConfig logConfig = LogConfig.EMPTY;
    private String networkMode = "";
    private Map<String, List<PortBinding>> portBindings = Map.of();
    private RestartPolicy restartPolicy = RestartPolicy.EMPTY;
    private boolean autoRemove;
    private String volumeDriver = "";
    private List<String> volumesFrom = List.of();
    private List<Integer> consoleSize = List.of();
    private Map<String, String> annotations = Map.of();
    private List<String> capAdd = List.of();
    private List<String> capDrop = List.of();
    private String cgroupnsMode = "";
    private List<String> dns = List.of();
    private List<String> dnsOptions = List.of();
    private List<String> dnsSearch = List.of();
    private List<String> extraHosts = List.of();
    private List<String> groupAdd = List.of();
    private String ipcMode = "";
    private String cgroup = "";
    private List<String> links = List.of();
    private int oomScoreAdj;
    private String pidMode = "";
    private boolean privileged;
    private boolean publishAllPorts;
    private boolean readonlyRootfs;
    private List<String> securityOpt = List.of();
    private Map<String, String> storageOpt = Map.of();
    private Map<String, String> tmpfs = Map.of();
    private String utsMode = "";
    private String usernsMode = "";
    private long shmSize;
    private Map<String, String> sysctls = Map.of();
    private String runtime = "";
    private String isolation = "";
    private long cpuShares;
    private long memory;
    private long nanoCpus;
    private String cgroupParent = "";
    private int blkioWeight;
    private List<WeightDevice> blkioWeightDevice = List.of();
    private List<ThrottleDevice> blkioDeviceReadBps = List.of();
    private List<ThrottleDevice> blkioDeviceWriteBps = List.of();
    private List<ThrottleDevice> blkioDeviceReadIops = List.of();
    private List<ThrottleDevice> blkioDeviceWriteIops = List.of();
    private long cpuPeriod;
    private long cpuQuota;
    private long cpuRealtimePeriod;
    private long cpuRealtimeRuntime;
    private String cpusetCpus = "";
    private String cpusetMems = "";
    private List<DeviceMapping> devices = List.of();
    private List<String> deviceCgroupRules = List.of();
    private List<DeviceRequest> deviceRequests = List.of();
    private long kernelMemory;
    private long kernelMemoryTcp;
    private long memoryReservation;
    private long memorySwap;
    private @Nullable Long memorySwappiness;
    private @Nullable Boolean oomKillDisable;
    private @Nullable Long pidsLimit;
    private List<Ulimit> ulimits = List.of();
    private long cpuCount;
    private long cpuPercent;
    private long ioMaximumIops;
    private long iOMaximumBandwidth;
    private List<Mount> mounts = List.of();
    private @Nullable List<String> maskedPaths;
    private @Nullable List<String> readonlyPaths;
    private @Nullable Boolean init;
    private String healthOnFailure = "";

    HostConfigBuilder() {}

    HostConfigBuilder(HostConfig from) {
        this.binds = from.binds();
        this.containerIdFile = from.containerIdFile();
        this.logConfig = from.logConfig();
        this.networkMode = from.networkMode();
        this.portBindings = from.portBindings();
        this.restartPolicy = from.restartPolicy();
        this.autoRemove = from.autoRemove();
        this.volumeDriver = from.volumeDriver();
        this.volumesFrom = from.volumesFrom();
        this.consoleSize = from.consoleSize();
        this.annotations = from.annotations();
        this.capAdd = from.capAdd();
        this.capDrop = from.capDrop();
        this.cgroupnsMode = from.cgroupnsMode();
        this.dns = from.dns();
        this.dnsOptions = from.dnsOptions();
        this.dnsSearch = from.dnsSearch();
        this.extraHosts = from.extraHosts();
        this.groupAdd = from.groupAdd();
        this.ipcMode = from.ipcMode();
        this.cgroup = from.cgroup();
        this.links = from.links();
        this.oomScoreAdj = from.oomScoreAdj();
        this.pidMode = from.pidMode();
        this.privileged = from.privileged();
        this.publishAllPorts = from.publishAllPorts();
        this.readonlyRootfs = from.readonlyRootfs();
        this.securityOpt = from.securityOpt();
        this.storageOpt = from.storageOpt();
        this.tmpfs = from.tmpfs();
        this.utsMode = from.utsMode();
        this.usernsMode = from.usernsMode();
        this.shmSize = from.shmSize();
        this.sysctls = from.sysctls();
        this.runtime = from.runtime();
        this.isolation = from.isolation();
        this.cpuShares = from.cpuShares();
        this.memory = from.memory();
        this.nanoCpus = from.nanoCpus();
        this.cgroupParent = from.cgroupParent();
        this.blkioWeight = from.blkioWeight();
        this.blkioWeightDevice = from.blkioWeightDevice();
        this.blkioDeviceReadBps = from.blkioDeviceReadBps();
        this.blkioDeviceWriteBps = from.blkioDeviceWriteBps();
        this.blkioDeviceReadIops = from.blkioDeviceReadIops();
        this.blkioDeviceWriteIops = from.blkioDeviceWriteIops();
        this.cpuPeriod = from.cpuPeriod();
        this.cpuQuota = from.cpuQuota();
        this.cpuRealtimePeriod = from.cpuRealtimePeriod();
        this.cpuRealtimeRuntime = from.cpuRealtimeRuntime();
        this.cpusetCpus = from.cpusetCpus();
        this.cpusetMems = from.cpusetMems();
        this.devices = from.devices();
        this.deviceCgroupRules = from.deviceCgroupRules();
        this.deviceRequests = from.deviceRequests();
        this.kernelMemory = from.kernelMemory();
        this.kernelMemoryTcp = from.kernelMemoryTcp();
        this.memoryReservation = from.memoryReservation();
        this.memorySwap = from.memorySwap();
        this.memorySwappiness = from.memorySwappiness();
        this.oomKillDisable = from.oomKillDisable();
        this.pidsLimit = from.pidsLimit();
        this.ulimits = from.ulimits();
        this.cpuCount = from.cpuCount();
        this.cpuPercent = from.cpuPercent();
        this.ioMaximumIops = from.ioMaximumIops();
        this.iOMaximumBandwidth = from.iOMaximumBandwidth();
        this.mounts = from.mounts();
        this.maskedPaths = from.maskedPaths();
        this.readonlyPaths = from.readonlyPaths();
        this.init = from.init();
        this.healthOnFailure = from.healthOnFailure();
    }

    public HostConfigBuilder binds(List<String> value) {
        this.binds = value;
        return this;
    }

    public HostConfigBuilder containerIdFile(String value) {
        this.containerIdFile = value;
        return this;
    }

    public HostConfigBuilder logConfig(LogConfig value) {
        this.logConfig = value;
        return this;
    }

    public HostConfigBuilder networkMode(String value) {
        this.networkMode = value;
        return this;
    }

    public HostConfigBuilder portBindings(Map<String, List<PortBinding>> value) {
        this.portBindings = value;
        return this;
    }

    public HostConfigBuilder restartPolicy(RestartPolicy value) {
        this.restartPolicy = value;
        return this;
    }

    public HostConfigBuilder autoRemove(boolean value) {
        this.autoRemove = value;
        return this;
    }

    public HostConfigBuilder volumeDriver(String value) {
        this.volumeDriver = value;
        return this;
    }

    public HostConfigBuilder volumesFrom(List<String> value) {
        this.volumesFrom = value;
        return this;
    }

    public HostConfigBuilder consoleSize(List<Integer> value) {
        this.consoleSize = value;
        return this;
    }

    public HostConfigBuilder annotations(Map<String, String> value) {
        this.annotations = value;
        return this;
    }

    public HostConfigBuilder capAdd(List<String> value) {
        this.capAdd = value;
        return this;
    }

    public HostConfigBuilder capDrop(List<String> value) {
        this.capDrop = value;
        return this;
    }

    public HostConfigBuilder cgroupnsMode(String value) {
        this.cgroupnsMode = value;
        return this;
    }

    public HostConfigBuilder dns(List<String> value) {
        this.dns = value;
        return this;
    }

    public HostConfigBuilder dnsOptions(List<String> value) {
        this.dnsOptions = value;
        return this;
    }

    public HostConfigBuilder dnsSearch(List<String> value) {
        this.dnsSearch = value;
        return this;
    }

    public HostConfigBuilder extraHosts(List<String> value) {
        this.extraHosts = value;
        return this;
    }

    public HostConfigBuilder groupAdd(List<String> value) {
        this.groupAdd = value;
        return this;
    }

    public HostConfigBuilder ipcMode(String value) {
        this.ipcMode = value;
        return this;
    }

    public HostConfigBuilder cgroup(String value) {
        this.cgroup = value;
        return this;
    }

    public HostConfigBuilder links(List<String> value) {
        this.links = value;
        return this;
    }

    public HostConfigBuilder oomScoreAdj(int value) {
        this.oomScoreAdj = value;
        return this;
    }

    public HostConfigBuilder pidMode(String value) {
        this.pidMode = value;
        return this;
    }

    public HostConfigBuilder privileged(boolean value) {
        this.privileged = value;
        return this;
    }

    public HostConfigBuilder publishAllPorts(boolean value) {
        this.publishAllPorts = value;
        return this;
    }

    public HostConfigBuilder readonlyRootfs(boolean value) {
        this.readonlyRootfs = value;
        return this;
    }

    public HostConfigBuilder securityOpt(List<String> value) {
        this.securityOpt = value;
        return this;
    }

    public HostConfigBuilder storageOpt(Map<String, String> value) {
        this.storageOpt = value;
        return this;
    }

    public HostConfigBuilder tmpfs(Map<String, String> value) {
        this.tmpfs = value;
        return this;
    }

    public HostConfigBuilder utsMode(String value) {
        this.utsMode = value;
        return this;
    }

    public HostConfigBuilder usernsMode(String value) {
        this.usernsMode = value;
        return this;
    }

    public HostConfigBuilder shmSize(long value) {
        this.shmSize = value;
        return this;
    }

    public HostConfigBuilder sysctls(Map<String, String> value) {
        this.sysctls = value;
        return this;
    }

    public HostConfigBuilder runtime(String value) {
        this.runtime = value;
        return this;
    }

    public HostConfigBuilder isolation(String value) {
        this.isolation = value;
        return this;
    }

    public HostConfigBuilder cpuShares(long value) {
        this.cpuShares = value;
        return this;
    }

    public HostConfigBuilder memory(long value) {
        this.memory = value;
        return this;
    }

    public HostConfigBuilder nanoCpus(long value) {
        this.nanoCpus = value;
        return this;
    }

    public HostConfigBuilder cgroupParent(String value) {
        this.cgroupParent = value;
        return this;
    }

    public HostConfigBuilder blkioWeight(int value) {
        this.blkioWeight = value;
        return this;
    }

    public HostConfigBuilder blkioWeightDevice(List<WeightDevice> value) {
        this.blkioWeightDevice = value;
        return this;
    }

    public HostConfigBuilder blkioDeviceReadBps(List<ThrottleDevice> value) {
        this.blkioDeviceReadBps = value;
        return this;
    }

    public HostConfigBuilder blkioDeviceWriteBps(List<ThrottleDevice> value) {
        this.blkioDeviceWriteBps = value;
        return this;
    }

    public HostConfigBuilder blkioDeviceReadIops(List<ThrottleDevice> value) {
        this.blkioDeviceReadIops = value;
        return this;
    }

    public HostConfigBuilder blkioDeviceWriteIops(List<ThrottleDevice> value) {
        this.blkioDeviceWriteIops = value;
        return this;
    }

    public HostConfigBuilder cpuPeriod(long value) {
        this.cpuPeriod = value;
        return this;
    }

    public HostConfigBuilder cpuQuota(long value) {
        this.cpuQuota = value;
        return this;
    }

    public HostConfigBuilder cpuRealtimePeriod(long value) {
        this.cpuRealtimePeriod = value;
        return this;
    }

    public HostConfigBuilder cpuRealtimeRuntime(long value) {
        this.cpuRealtimeRuntime = value;
        return this;
    }

    public HostConfigBuilder cpusetCpus(String value) {
        this.cpusetCpus = value;
        return this;
    }

    public HostConfigBuilder cpusetMems(String value) {
        this.cpusetMems = value;
        return this;
    }

    public HostConfigBuilder devices(List<DeviceMapping> value) {
        this.devices = value;
        return this;
    }

    public HostConfigBuilder deviceCgroupRules(List<String> value) {
        this.deviceCgroupRules = value;
        return this;
    }

    public HostConfigBuilder deviceRequests(List<DeviceRequest> value) {
        this.deviceRequests = value;
        return this;
    }

    public HostConfigBuilder kernelMemory(long value) {
        this.kernelMemory = value;
        return this;
    }

    public HostConfigBuilder kernelMemoryTcp(long value) {
        this.kernelMemoryTcp = value;
        return this;
    }

    public HostConfigBuilder memoryReservation(long value) {
        this.memoryReservation = value;
        return this;
    }

    public HostConfigBuilder memorySwap(long value) {
        this.memorySwap = value;
        return this;
    }

    public HostConfigBuilder memorySwappiness(@Nullable Long value) {
        this.memorySwappiness = value;
        return this;
    }

    public HostConfigBuilder oomKillDisable(@Nullable Boolean value) {
        this.oomKillDisable = value;
        return this;
    }

    public HostConfigBuilder pidsLimit(@Nullable Long value) {
        this.pidsLimit = value;
        return this;
    }

    public HostConfigBuilder ulimits(List<Ulimit> value) {
        this.ulimits = value;
        return this;
    }

    public HostConfigBuilder cpuCount(long value) {
        this.cpuCount = value;
        return this;
    }

    public HostConfigBuilder cpuPercent(long value) {
        this.cpuPercent = value;
        return this;
    }

    public HostConfigBuilder ioMaximumIops(long value) {
        this.ioMaximumIops = value;
        return this;
    }

    public HostConfigBuilder iOMaximumBandwidth(long value) {
        this.iOMaximumBandwidth = value;
        return this;
    }

    public HostConfigBuilder mounts(List<Mount> value) {
        this.mounts = value;
        return this;
    }

    public HostConfigBuilder maskedPaths(@Nullable List<String> value) {
        this.maskedPaths = value;
        return this;
    }

    public HostConfigBuilder readonlyPaths(@Nullable List<String> value) {
        this.readonlyPaths = value;
        return this;
    }

    public HostConfigBuilder healthOnFailure(String value) {
        this.healthOnFailure = value;
        return this;
    }

    public HostConfigBuilder init(@Nullable Boolean value) {
        this.init = value;
        return this;
    }

    public HostConfig build() {
        return new HostConfig(
                binds,
                containerIdFile,
                logConfig,
                networkMode,
                portBindings,
                restartPolicy,
                autoRemove,
                volumeDriver,
                volumesFrom,
                consoleSize,
                annotations,
                capAdd,
                capDrop,
                cgroupnsMode,
                dns,
                dnsOptions,
                dnsSearch,
                extraHosts,
                groupAdd,
                ipcMode,
                cgroup,
                links,
                oomScoreAdj,
                pidMode,
                privileged,
                publishAllPorts,
                readonlyRootfs,
                securityOpt,
                storageOpt,
                tmpfs,
                utsMode,
                usernsMode,
                shmSize,
                sysctls,
                runtime,
                isolation,
                cpuShares,
                memory,
                nanoCpus,
                cgroupParent,
                blkioWeight,
                blkioWeightDevice,
                blkioDeviceReadBps,
                blkioDeviceWriteBps,
                blkioDeviceReadIops,
                blkioDeviceWriteIops,
                cpuPeriod,
                cpuQuota,
                cpuRealtimePeriod,
                cpuRealtimeRuntime,
                cpusetCpus,
                cpusetMems,
                devices,
                deviceCgroupRules,
                deviceRequests,
                kernelMemory,
                kernelMemoryTcp,
                memoryReservation,
                memorySwap,
                memorySwappiness,
                oomKillDisable,
                pidsLimit,
                ulimits,
                cpuCount,
                cpuPercent,
                ioMaximumIops,
                iOMaximumBandwidth,
                mounts,
                maskedPaths,
                readonlyPaths,
                init,
                healthOnFailure);
    }
}
