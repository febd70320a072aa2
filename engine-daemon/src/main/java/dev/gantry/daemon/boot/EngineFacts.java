package dev.gantry.daemon.boot;

import dev.gantry.api.AddressPool;
import dev.gantry.api.Commit;
import dev.gantry.api.ComponentVersion;
import dev.gantry.api.FirewallInfo;
import dev.gantry.api.IndexInfo;
import dev.gantry.api.PlatformName;
import dev.gantry.api.PluginsInfo;
import dev.gantry.api.RegistryServiceConfig;
import dev.gantry.api.RuntimeInfo;
import dev.gantry.api.SwarmInfo;
import dev.gantry.api.SystemInfo;
import dev.gantry.api.SystemVersion;
import dev.gantry.daemon.api.docker.system.SystemFacts;
import dev.gantry.daemon.api.wire.ApiVersion;
import dev.gantry.daemon.runtime.cgroup.CgroupSupport;
import dev.gantry.daemon.runtime.oci.RuntimeProgram;
import dev.gantry.daemon.service.container.ContainerRecord;
import dev.gantry.daemon.service.event.EventBus;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What the engine says of itself and its host. */
final class EngineFacts implements SystemFacts {

    private final EngineCore engine;
    private final DaemonOptions options;
    private final EventBus events;
    private final Clock clock;
    private final HostFacts host;

    EngineFacts(EngineCore engine, DaemonOptions options, EventBus events, Clock clock) {
        this.engine = engine;
        this.options = options;
        this.events = events;
        this.clock = clock;
        this.host = HostFacts.read(options.dataRoot());
    }

    @Override
    public SystemVersion version() {
        Map<String, String> details = Map.of(
                "ApiVersion", ApiVersion.CURRENT.toString(),
                "MinAPIVersion", ApiVersion.MINIMUM.toString(),
                "Arch", host.goArchitecture(),
                "Os", "linux",
                "KernelVersion", host.kernel(),
                "JavaVersion", Runtime.version().toString());
        List<ComponentVersion> components = new ArrayList<>();
        components.add(new ComponentVersion("Engine", DaemonVersion.TEXT, details));
        for (RuntimeProgram program : engine.runtimes().programs()) {
            if (!program.version().isEmpty()) {
                components.add(new ComponentVersion(program.name(), program.version(), Map.of()));
            }
        }
        return new SystemVersion(
                new PlatformName(DaemonVersion.product()),
                components,
                DaemonVersion.TEXT,
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

    @Override
    public SystemInfo info() {
        List<ContainerRecord> containers = engine.containers().list();
        int running = (int) containers.stream().filter(c -> c.state().running()).count();
        CgroupSupport support = engine.cgroups().support();
        String standard = engine.runtimes().runtimes().defaultName();
        return SystemInfo.builder()
                .id(host.engineId())
                .containers(containers.size())
                .containersRunning(running)
                .containersStopped(containers.size() - running)
                .images(engine.images().count())
                .driver("overlay2")
                .driverStatus(List.of(List.of("Backing Filesystem", host.fileSystem())))
                .plugins(new PluginsInfo(
                        List.of("local"), List.of("bridge", "host", "null"), List.of(), List.of("json-file", "local")))
                .memoryLimit(support.memory())
                .swapLimit(support.swap())
                .cpuCfsPeriod(support.cpuQuota())
                .cpuCfsQuota(support.cpuQuota())
                .cpuShares(support.cpuShares())
                .cpuSet(support.cpuset())
                .pidsLimit(support.pids())
                .ipv4Forwarding(HostFacts.forwards())
                .debug(options.logLevel().equals("debug"))
                .nfd(HostFacts.openDescriptors())
                .oomKillDisable(support.oomKillDisable())
                .ngoroutines(Thread.activeCount())
                .systemTime(clock.instant().toString())
                .loggingDriver("json-file")
                .cgroupDriver(engine.cgroupDriver().word())
                .cgroupVersion(Integer.toString(engine.cgroups().limitsVersion()))
                .neventsListener(events.listeners())
                .kernelVersion(host.kernel())
                .operatingSystem(host.operatingSystem())
                .osVersion(host.osVersion())
                .osType("linux")
                .architecture(host.architecture())
                .indexServerAddress("https://index.docker.io/v1/")
                .registryConfig(registries())
                .ncpu(Runtime.getRuntime().availableProcessors())
                .memTotal(HostFacts.memoryBytes())
                .dockerRootDir(options.dataRoot().toString())
                .name(host.name())
                .labels(options.labels())
                .serverVersion(DaemonVersion.TEXT)
                .runtimes(runtimes())
                .defaultRuntime(standard)
                .swarm(new SwarmInfo("", "", "inactive", false, "", List.of()))
                .liveRestoreEnabled(true)
                .initBinary("docker-init")
                .runcCommit(new Commit(runtimeVersion(standard), ""))
                .securityOptions(List.of("name=seccomp,profile=builtin"))
                .defaultAddressPools(pools())
                .firewallBackend(new FirewallInfo("nftables", List.of()))
                .build();
    }

    private String runtimeVersion(String name) {
        return engine.runtimes().programs().stream()
                .filter(p -> p.name().equals(name))
                .map(RuntimeProgram::version)
                .findFirst()
                .orElse("");
    }

    private Map<String, RuntimeInfo> runtimes() {
        Map<String, RuntimeInfo> runtimes = new LinkedHashMap<>();
        engine.runtimes()
                .programs()
                .forEach(p -> runtimes.put(
                        p.name(), new RuntimeInfo(p.path().toString(), List.of(), Map.of())));
        return runtimes;
    }

    private RegistryServiceConfig registries() {
        Map<String, IndexInfo> known = new LinkedHashMap<>();
        known.put("docker.io", new IndexInfo("docker.io", options.registryMirrors(), true, true));
        List<String> ranges = new ArrayList<>(List.of("127.0.0.0/8", "::1/128"));
        for (String insecure : options.insecureRegistries()) {
            if (insecure.indexOf('/') >= 0) {
                ranges.add(insecure);
            } else {
                known.put(insecure, new IndexInfo(insecure, List.of(), false, false));
            }
        }
        return new RegistryServiceConfig(ranges, known, options.registryMirrors());
    }

    private List<AddressPool> pools() {
        return options.addressPools().stream()
                .map(p -> new AddressPool(p.base(), p.size()))
                .toList();
    }
}
