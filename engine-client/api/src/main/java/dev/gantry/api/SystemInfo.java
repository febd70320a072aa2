package dev.gantry.api;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.annotation.JsonSerialize;

/**
 * The engine and its host.
 */
public record SystemInfo(
        @JsonProperty("ID") String id,
        int containers,
        int containersRunning,
        int containersPaused,
        int containersStopped,
        int images,
        String driver,
        List<List<String>> driverStatus,
        @OmitEmpty List<List<String>> systemStatus,
        PluginsInfo plugins,
        boolean memoryLimit,
        boolean swapLimit,
        @OmitEmpty boolean kernelMemory,
        @JsonProperty("KernelMemoryTCP") @OmitEmpty boolean kernelMemoryTcp,
        boolean cpuCfsPeriod,
        boolean cpuCfsQuota,
        @JsonProperty("CPUShares") boolean cpuShares,
        @JsonProperty("CPUSet") boolean cpuSet,
        boolean pidsLimit,
        @JsonProperty("IPv4Forwarding") boolean ipv4Forwarding,
        boolean bridgeNfIptables,
        boolean bridgeNfIp6tables,
        boolean debug,
        @JsonProperty("NFd") int nfd,
        boolean oomKillDisable,
        @JsonProperty("NGoroutines") int ngoroutines,
        String systemTime,
        String loggingDriver,
        String cgroupDriver,
        @OmitEmpty String cgroupVersion,
        @JsonProperty("NEventsListener") int neventsListener,
        String kernelVersion,
        String operatingSystem,
        @JsonProperty("OSVersion") String osVersion,
        @JsonProperty("OSType") String osType,
        String architecture,
        String indexServerAddress,
        @Nullable RegistryServiceConfig registryConfig,
        @JsonProperty("NCPU") int ncpu,
        long memTotal,
        @JsonSerialize(using = NullIfEmptySerializer.class) List<Object> genericResources,
        String dockerRootDir,
        String httpProxy,
        String httpsProxy,
        String noProxy,
        String name,
        List<String> labels,
        boolean experimentalBuild,
        String serverVersion,
        Map<String, RuntimeInfo> runtimes,
        String defaultRuntime,
        SwarmInfo swarm,
        boolean liveRestoreEnabled,
        String isolation,
        String initBinary,
        Commit containerdCommit,
        Commit runcCommit,
        Commit initCommit,
        List<String> securityOptions,
        @OmitEmpty String productLicense,
        @OmitEmpty List<AddressPool> defaultAddressPools,
        @OmitNull @Nullable FirewallInfo firewallBackend,
        @JsonProperty("CDISpecDirs") List<String> cdiSpecDirs,
        @OmitNull @Nullable ContainerdInfo containerd,
        @JsonSerialize(using = NullIfEmptySerializer.class) List<String> warnings) {

    public SystemInfo {
        id = Absent.text(id);
        driver = Absent.text(driver);
        driverStatus = Absent.list(driverStatus);
        systemStatus = Absent.list(systemStatus);
        systemTime = Absent.text(systemTime);
        loggingDriver = Absent.text(loggingDriver);
        cgroupDriver = Absent.text(cgroupDriver);
        cgroupVersion = Absent.text(cgroupVersion);
        kernelVersion = Absent.text(kernelVersion);
        operatingSystem = Absent.text(operatingSystem);
        osVersion = Absent.text(osVersion);
        osType = Absent.text(osType);
        architecture = Absent.text(architecture);
        indexServerAddress = Absent.text(indexServerAddress);
        genericResources = Absent.list(genericResources);
        dockerRootDir = Absent.text(dockerRootDir);
        httpProxy = Absent.text(httpProxy);
        httpsProxy = Absent.text(httpsProxy);
        noProxy = Absent.text(noProxy);
        name = Absent.text(name);
        labels = Absent.list(labels);
        serverVersion = Absent.text(serverVersion);
        runtimes = Absent.map(runtimes);
        defaultRuntime = Absent.text(defaultRuntime);
        isolation = Absent.text(isolation);
        initBinary = Absent.text(initBinary);
        securityOptions = Absent.list(securityOptions);
        productLicense = Absent.text(productLicense);
        defaultAddressPools = Absent.list(defaultAddressPools);
        cdiSpecDirs = Absent.list(cdiSpecDirs);
        warnings = Absent.list(warnings);
        plugins = plugins == null ? PluginsInfo.EMPTY : plugins;
        swarm = swarm == null ? SwarmInfo.EMPTY : swarm;
        containerdCommit = containerdCommit == null ? Commit.EMPTY : containerdCommit;
        runcCommit = runcCommit == null ? Commit.EMPTY : runcCommit;
        initCommit = initCommit == null ? Commit.EMPTY : initCommit;
    }

    /** Start with everything absent. */
    public static SystemInfoBuilder builder() {
        return new SystemInfoBuilder();
    }

    /** Start with the values of this one. */
    public SystemInfoBuilder toBuilder() {
        return new SystemInfoBuilder(this);
    }
}
