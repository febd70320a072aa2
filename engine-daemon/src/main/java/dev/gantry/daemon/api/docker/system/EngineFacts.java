package dev.gantry.daemon.api.docker.system;

import dev.gantry.api.AddressPool;
import dev.gantry.api.ComponentVersion;
import dev.gantry.api.IndexInfo;
import dev.gantry.api.PlatformName;
import dev.gantry.api.PluginsInfo;
import dev.gantry.api.RegistryServiceConfig;
import dev.gantry.api.RuntimeInfo;
import dev.gantry.api.SwarmInfo;
import dev.gantry.api.SystemInfo;
import dev.gantry.api.SystemInfoBuilder;
import dev.gantry.api.SystemVersion;
import dev.gantry.daemon.api.wire.ApiVersion;
import dev.gantry.daemon.service.event.EventBus;
import dev.gantry.daemon.service.log.LogDriver;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Version and facts, put together from the setup, the counts and the host. */
public final class EngineFacts implements SystemFacts {

    private static final String INDEX = "https://index.docker.io/v1/";

    private final EngineSetup setup;
    private final EngineCounts counts;
    private final EventBus events;
    private final Clock clock;
    private final HostFacts host = new HostFacts();

    public EngineFacts(EngineSetup setup, EngineCounts counts, EventBus events, Clock clock) {
        this.setup = setup;
        this.counts = counts;
        this.events = events;
        this.clock = clock;
    }

    @Override
    public SystemVersion version() {
        List<ComponentVersion> components = new ArrayList<>();
        components.add(new ComponentVersion("Engine", setup.version(), engineDetails()));
        new TreeMap<>(setup.components())
                .forEach((name, version) -> components.add(new ComponentVersion(name, version, Map.of())));
        return new SystemVersion(
                new PlatformName(setup.product()),
                components,
                setup.version(),
                ApiVersion.CURRENT.toString(),
                ApiVersion.MINIMUM.toString(),
                "",
                "",
                "linux",
                host.goArchitecture(),
                host.kernel(),
                false,
                "");
    }

    private Map<String, String> engineDetails() {
        return Map.of(
                "ApiVersion", ApiVersion.CURRENT.toString(),
                "MinAPIVersion", ApiVersion.MINIMUM.toString(),
                "Arch", host.goArchitecture(),
                "Experimental", "false",
                "JavaVersion", Runtime.version().toString(),
                "KernelVersion", host.kernel(),
                "Os", "linux",
                "Product", setup.product());
    }

    @Override
    public SystemInfo info() {
        EngineCounts.Containers containers = counts.containers();
        SystemInfoBuilder info = SystemInfo.builder()
                .id(setup.id())
                .name(host.hostName())
                .containers(containers.total())
                .containersRunning(containers.running())
                .containersPaused(containers.paused())
                .containersStopped(containers.stopped())
                .images(counts.images())
                .driver("overlay2")
                .driverStatus(setup.storageStatus())
                .plugins(new PluginsInfo(
                        List.of("local"), List.of("bridge", "host", "null"), List.of(), LogDriver.words()))
                .loggingDriver(setup.logDriver())
                .systemTime(clock.instant().toString())
                .neventsListener(events.listeners())
                .indexServerAddress(INDEX)
                .registryConfig(registries())
                .dockerRootDir(setup.dataRoot().toString())
                .labels(setup.labels())
                .serverVersion(setup.version())
                .runtimes(runtimes())
                .defaultRuntime(setup.defaultRuntime())
                .swarm(new SwarmInfo("", "", "inactive", false, "", List.of()))
                .liveRestoreEnabled(true)
                .initBinary("docker-init")
                .securityOptions(setup.securityOptions())
                .defaultAddressPools(setup.addressPools().entrySet().stream()
                        .map(pool -> new AddressPool(pool.getKey(), pool.getValue()))
                        .toList())
                .warnings(setup.warnings());
        return addHost(info).build();
    }

    private SystemInfoBuilder addHost(SystemInfoBuilder info) {
        boolean cpu = host.hasController("cpu");
        boolean unified = host.unifiedCgroups();
        return info.kernelVersion(host.kernel())
                .operatingSystem(host.release("PRETTY_NAME"))
                .osVersion(host.release("VERSION_ID"))
                .osType("linux")
                .architecture(host.architecture())
                .ncpu(host.processors())
                .memTotal(host.memory())
                .memoryLimit(host.hasController("memory"))
                .swapLimit(host.hasSwapLimit())
                .cpuCfsPeriod(cpu)
                .cpuCfsQuota(cpu)
                .cpuShares(cpu)
                .cpuSet(host.hasController("cpuset"))
                .pidsLimit(host.hasController("pids"))
                .oomKillDisable(!unified && host.hasOomKillDisable())
                .ipv4Forwarding(host.forwardsIpv4())
                .bridgeNfIptables(host.bridgeCallsFilter("iptables"))
                .bridgeNfIp6tables(host.bridgeCallsFilter("ip6tables"))
                .cgroupDriver(setup.cgroupDriver())
                .cgroupVersion(unified ? "2" : "1")
                .nfd(host.openDescriptors())
                .ngoroutines(Thread.activeCount());
    }

    private RegistryServiceConfig registries() {
        List<String> networks = new ArrayList<>(List.of("127.0.0.0/8"));
        Map<String, IndexInfo> indexes = new TreeMap<>();
        indexes.put("docker.io", new IndexInfo("docker.io", setup.registryMirrors(), true, true));
        for (String registry : setup.insecureRegistries()) {
            if (registry.indexOf('/') >= 0) {
                networks.add(registry);
            } else {
                indexes.put(registry, new IndexInfo(registry, List.of(), false, false));
            }
        }
        return new RegistryServiceConfig(networks, indexes, setup.registryMirrors());
    }

    private Map<String, RuntimeInfo> runtimes() {
        Map<String, RuntimeInfo> runtimes = new TreeMap<>();
        setup.runtimes()
                .forEach((name, path) -> runtimes.put(name, new RuntimeInfo(path.toString(), List.of(), Map.of())));
        return runtimes;
    }
}
