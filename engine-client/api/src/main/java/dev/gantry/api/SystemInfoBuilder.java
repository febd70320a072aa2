package dev.gantry.api;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Builds a {@link SystemInfo}; what is not set is absent. Not thread-safe.
 */
public final class SystemInfoBuilder {
    private String id = "";
    private int containers;
    private int containersRunning;
    private int containersPaused;
    private int containersStopped;
    private int images;
    private String driver = "";
    private List<List<String>> driverStatus = List.of();
    private List<List<String>> systemStatus = List.of();
    private PluginsInfo plugins = PluginsInfo.EMPTY;
    private boolean memoryLimit;
    private boolean swapLimit;
    private boolean kernelMemory;
    private boolean kernelMemoryTcp;
    private boolean cpuCfsPeriod;
    private boolean cpuCfsQuota;
    private boolean cpuShares;
    private boolean cpuSet;
    private boolean pidsLimit;
    private boolean ipv4Forwarding;
    private boolean bridgeNfIptables;
    private boolean bridgeNfIp6tables;
    private boolean debug;
    private int nfd;
    private boolean oomKillDisable;
    private int ngoroutines;
    private String systemTime = "";
    private String loggingDriver = "";
    private String cgroupDriver = "";
    private String cgroupVersion = "";
    private int neventsListener;
    private String kernelVersion = "";
    private String operatingSystem = "";
    private String osVersion = "";
    private String osType = "";
    private String architecture = "";
    private String indexServerAddress = "";
    private @Nullable RegistryServiceConfig registryConfig;
    private int ncpu;
    private long memTotal;
    private List<Object> genericResources = List.of();
    private String dockerRootDir = "";
    private String httpProxy = "";
    private String httpsProxy = "";
    private String noProxy = "";
    private String name = "";
    private List<String> labels = List.of();
    private boolean experimentalBuild;
    private String serverVersion = "";
    private Map<String, RuntimeInfo> runtimes = Map.of();
    private String defaultRuntime = "";
    private SwarmInfo swarm = SwarmInfo.EMPTY;
    private boolean liveRestoreEnabled;
    private String isolation = "";
    private String initBinary = "";
    private Commit containerdCommit = Commit.EMPTY;
    private Commit runcCommit = Commit.EMPTY;
    private Commit initCommit = Commit.EMPTY;
    private List<String> securityOptions = List.of();
    private String productLicense = "";
    private List<AddressPool> defaultAddressPools = List.of();
    private @Nullable FirewallInfo firewallBackend;
    private List<String> cdiSpecDirs = List.of();
    private @Nullable ContainerdInfo containerd;
    private List<String> warnings = List.of();

    SystemInfoBuilder() {}

    SystemInfoBuilder(SystemInfo from) {
        this.id = from.id();
        this.containers = from.containers();
        this.containersRunning = from.containersRunning();
        this.containersPaused = from.containersPaused();
        this.containersStopped = from.containersStopped();
        this.images = from.images();
        this.driver = from.driver();
        this.driverStatus = from.driverStatus();
        this.systemStatus = from.systemStatus();
        this.plugins = from.plugins();
        this.memoryLimit = from.memoryLimit();
        this.swapLimit = from.swapLimit();
        this.kernelMemory = from.kernelMemory();
        this.kernelMemoryTcp = from.kernelMemoryTcp();
        this.cpuCfsPeriod = from.cpuCfsPeriod();
        this.cpuCfsQuota = from.cpuCfsQuota();
        this.cpuShares = from.cpuShares();
        this.cpuSet = from.cpuSet();
        this.pidsLimit = from.pidsLimit();
        this.ipv4Forwarding = from.ipv4Forwarding();
        this.bridgeNfIptables = from.bridgeNfIptables();
        this.bridgeNfIp6tables = from.bridgeNfIp6tables();
        this.debug = from.debug();
        this.nfd = from.nfd();
        this.oomKillDisable = from.oomKillDisable();
        this.ngoroutines = from.ngoroutines();
        this.systemTime = from.systemTime();
        this.loggingDriver = from.loggingDriver();
        this.cgroupDriver = from.cgroupDriver();
        this.cgroupVersion = from.cgroupVersion();
        this.neventsListener = from.neventsListener();
        this.kernelVersion = from.kernelVersion();
        this.operatingSystem = from.operatingSystem();
        this.osVersion = from.osVersion();
        this.osType = from.osType();
        this.architecture = from.architecture();
        this.indexServerAddress = from.indexServerAddress();
        this.registryConfig = from.registryConfig();
        this.ncpu = from.ncpu();
        this.memTotal = from.memTotal();
        this.genericResources = from.genericResources();
        this.dockerRootDir = from.dockerRootDir();
        this.httpProxy = from.httpProxy();
        this.httpsProxy = from.httpsProxy();
        this.noProxy = from.noProxy();
        this.name = from.name();
        this.labels = from.labels();
        this.experimentalBuild = from.experimentalBuild();
        this.serverVersion = from.serverVersion();
        this.runtimes = from.runtimes();
        this.defaultRuntime = from.defaultRuntime();
        this.swarm = from.swarm();
        this.liveRestoreEnabled = from.liveRestoreEnabled();
        this.isolation = from.isolation();
        this.initBinary = from.initBinary();
        this.containerdCommit = from.containerdCommit();
        this.runcCommit = from.runcCommit();
        this.initCommit = from.initCommit();
        this.securityOptions = from.securityOptions();
        this.productLicense = from.productLicense();
        this.defaultAddressPools = from.defaultAddressPools();
        this.firewallBackend = from.firewallBackend();
        this.cdiSpecDirs = from.cdiSpecDirs();
        this.containerd = from.containerd();
        this.warnings = from.warnings();
    }

    public SystemInfoBuilder id(String value) {
        this.id = value;
        return this;
    }

    public SystemInfoBuilder containers(int value) {
        this.containers = value;
        return this;
    }

    public SystemInfoBuilder containersRunning(int value) {
        this.containersRunning = value;
        return this;
    }

    public SystemInfoBuilder containersPaused(int value) {
        this.containersPaused = value;
        return this;
    }

    public SystemInfoBuilder containersStopped(int value) {
        this.containersStopped = value;
        return this;
    }

    public SystemInfoBuilder images(int value) {
        this.images = value;
        return this;
    }

    public SystemInfoBuilder driver(String value) {
        this.driver = value;
        return this;
    }

    public SystemInfoBuilder driverStatus(List<List<String>> value) {
        this.driverStatus = value;
        return this;
    }

    public SystemInfoBuilder systemStatus(List<List<String>> value) {
        this.systemStatus = value;
        return this;
    }

    public SystemInfoBuilder plugins(PluginsInfo value) {
        this.plugins = value;
        return this;
    }

    public SystemInfoBuilder memoryLimit(boolean value) {
        this.memoryLimit = value;
        return this;
    }

    public SystemInfoBuilder swapLimit(boolean value) {
        this.swapLimit = value;
        return this;
    }

    public SystemInfoBuilder kernelMemory(boolean value) {
        this.kernelMemory = value;
        return this;
    }

    public SystemInfoBuilder kernelMemoryTcp(boolean value) {
        this.kernelMemoryTcp = value;
        return this;
    }

    public SystemInfoBuilder cpuCfsPeriod(boolean value) {
        this.cpuCfsPeriod = value;
        return this;
    }

    public SystemInfoBuilder cpuCfsQuota(boolean value) {
        this.cpuCfsQuota = value;
        return this;
    }

    public SystemInfoBuilder cpuShares(boolean value) {
        this.cpuShares = value;
        return this;
    }

    public SystemInfoBuilder cpuSet(boolean value) {
        this.cpuSet = value;
        return this;
    }

    public SystemInfoBuilder pidsLimit(boolean value) {
        this.pidsLimit = value;
        return this;
    }

    public SystemInfoBuilder ipv4Forwarding(boolean value) {
        this.ipv4Forwarding = value;
        return this;
    }

    public SystemInfoBuilder bridgeNfIptables(boolean value) {
        this.bridgeNfIptables = value;
        return this;
    }

    public SystemInfoBuilder bridgeNfIp6tables(boolean value) {
        this.bridgeNfIp6tables = value;
        return this;
    }

    public SystemInfoBuilder debug(boolean value) {
        this.debug = value;
        return this;
    }

    public SystemInfoBuilder nfd(int value) {
        this.nfd = value;
        return this;
    }

    public SystemInfoBuilder oomKillDisable(boolean value) {
        this.oomKillDisable = value;
        return this;
    }

    public SystemInfoBuilder ngoroutines(int value) {
        this.ngoroutines = value;
        return this;
    }

    public SystemInfoBuilder systemTime(String value) {
        this.systemTime = value;
        return this;
    }

    public SystemInfoBuilder loggingDriver(String value) {
        this.loggingDriver = value;
        return this;
    }

    public SystemInfoBuilder cgroupDriver(String value) {
        this.cgroupDriver = value;
        return this;
    }

    public SystemInfoBuilder cgroupVersion(String value) {
        this.cgroupVersion = value;
        return this;
    }

    public SystemInfoBuilder neventsListener(int value) {
        this.neventsListener = value;
        return this;
    }

    public SystemInfoBuilder kernelVersion(String value) {
        this.kernelVersion = value;
        return this;
    }

    public SystemInfoBuilder operatingSystem(String value) {
        this.operatingSystem = value;
        return this;
    }

    public SystemInfoBuilder osVersion(String value) {
        this.osVersion = value;
        return this;
    }

    public SystemInfoBuilder osType(String value) {
        this.osType = value;
        return this;
    }

    public SystemInfoBuilder architecture(String value) {
        this.architecture = value;
        return this;
    }

    public SystemInfoBuilder indexServerAddress(String value) {
        this.indexServerAddress = value;
        return this;
    }

    public SystemInfoBuilder registryConfig(@Nullable RegistryServiceConfig value) {
        this.registryConfig = value;
        return this;
    }

    public SystemInfoBuilder ncpu(int value) {
        this.ncpu = value;
        return this;
    }

    public SystemInfoBuilder memTotal(long value) {
        this.memTotal = value;
        return this;
    }

    public SystemInfoBuilder genericResources(List<Object> value) {
        this.genericResources = value;
        return this;
    }

    public SystemInfoBuilder dockerRootDir(String value) {
        this.dockerRootDir = value;
        return this;
    }

    public SystemInfoBuilder httpProxy(String value) {
        this.httpProxy = value;
        return this;
    }

    public SystemInfoBuilder httpsProxy(String value) {
        this.httpsProxy = value;
        return this;
    }

    public SystemInfoBuilder noProxy(String value) {
        this.noProxy = value;
        return this;
    }

    public SystemInfoBuilder name(String value) {
        this.name = value;
        return this;
    }

    public SystemInfoBuilder labels(List<String> value) {
        this.labels = value;
        return this;
    }

    public SystemInfoBuilder experimentalBuild(boolean value) {
        this.experimentalBuild = value;
        return this;
    }

    public SystemInfoBuilder serverVersion(String value) {
        this.serverVersion = value;
        return this;
    }

    public SystemInfoBuilder runtimes(Map<String, RuntimeInfo> value) {
        this.runtimes = value;
        return this;
    }

    public SystemInfoBuilder defaultRuntime(String value) {
        this.defaultRuntime = value;
        return this;
    }

    public SystemInfoBuilder swarm(SwarmInfo value) {
        this.swarm = value;
        return this;
    }

    public SystemInfoBuilder liveRestoreEnabled(boolean value) {
        this.liveRestoreEnabled = value;
        return this;
    }

    public SystemInfoBuilder isolation(String value) {
        this.isolation = value;
        return this;
    }

    public SystemInfoBuilder initBinary(String value) {
        this.initBinary = value;
        return this;
    }

    public SystemInfoBuilder containerdCommit(Commit value) {
        this.containerdCommit = value;
        return this;
    }

    public SystemInfoBuilder runcCommit(Commit value) {
        this.runcCommit = value;
        return this;
    }

    public SystemInfoBuilder initCommit(Commit value) {
        this.initCommit = value;
        return this;
    }

    public SystemInfoBuilder securityOptions(List<String> value) {
        this.securityOptions = value;
        return this;
    }

    public SystemInfoBuilder productLicense(String value) {
        this.productLicense = value;
        return this;
    }

    public SystemInfoBuilder defaultAddressPools(List<AddressPool> value) {
        this.defaultAddressPools = value;
        return this;
    }

    public SystemInfoBuilder firewallBackend(@Nullable FirewallInfo value) {
        this.firewallBackend = value;
        return this;
    }

    public SystemInfoBuilder cdiSpecDirs(List<String> value) {
        this.cdiSpecDirs = value;
        return this;
    }

    public SystemInfoBuilder containerd(@Nullable ContainerdInfo value) {
        this.containerd = value;
        return this;
    }

    public SystemInfoBuilder warnings(List<String> value) {
        this.warnings = value;
        return this;
    }

    public SystemInfo build() {
        return new SystemInfo(
                id,
                containers,
                containersRunning,
                containersPaused,
                containersStopped,
                images,
                driver,
                driverStatus,
                systemStatus,
                plugins,
                memoryLimit,
                swapLimit,
                kernelMemory,
                kernelMemoryTcp,
                cpuCfsPeriod,
                cpuCfsQuota,
                cpuShares,
                cpuSet,
                pidsLimit,
                ipv4Forwarding,
                bridgeNfIptables,
                bridgeNfIp6tables,
                debug,
                nfd,
                oomKillDisable,
                ngoroutines,
                systemTime,
                loggingDriver,
                cgroupDriver,
                cgroupVersion,
                neventsListener,
                kernelVersion,
                operatingSystem,
                osVersion,
                osType,
                architecture,
                indexServerAddress,
                registryConfig,
                ncpu,
                memTotal,
                genericResources,
                dockerRootDir,
                httpProxy,
                httpsProxy,
                noProxy,
                name,
                labels,
                experimentalBuild,
                serverVersion,
                runtimes,
                defaultRuntime,
                swarm,
                liveRestoreEnabled,
                isolation,
                initBinary,
                containerdCommit,
                runcCommit,
                initCommit,
                securityOptions,
                productLicense,
                defaultAddressPools,
                firewallBackend,
                cdiSpecDirs,
                containerd,
                warnings);
    }
}
