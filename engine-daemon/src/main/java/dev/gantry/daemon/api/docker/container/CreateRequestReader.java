package dev.gantry.daemon.api.docker.container;

import dev.gantry.api.ContainerConfig;
import dev.gantry.api.ContainerCreateRequest;
import dev.gantry.api.DeviceMapping;
import dev.gantry.api.EndpointSettings;
import dev.gantry.api.HealthConfig;
import dev.gantry.api.HostConfig;
import dev.gantry.api.LogConfig;
import dev.gantry.daemon.service.container.ContainerConfig.Streams;
import dev.gantry.daemon.service.container.ContainerRequest;
import dev.gantry.daemon.service.container.HealthAction;
import dev.gantry.daemon.service.container.HostSettings;
import dev.gantry.daemon.service.container.HostSettings.DeviceRequest;
import dev.gantry.daemon.service.container.HostSettings.LogSettings;
import dev.gantry.daemon.service.container.HostSettings.NameResolution;
import dev.gantry.daemon.service.container.HostSettings.Namespaces;
import dev.gantry.daemon.service.container.HostSettings.Security;
import dev.gantry.daemon.service.container.NetworkMode;
import dev.gantry.daemon.type.EngineException;
import dev.gantry.daemon.type.Signal;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Turns a create request of the Engine API into one of the engine's, refusing by name what is not there yet. */
final class CreateRequestReader {

    private static final long DEFAULT_SHM = 64L << 20;

    private CreateRequestReader() {}

    static ContainerRequest read(Optional<String> name, ContainerCreateRequest body) {
        ContainerConfig config = body.config();
        if (config.equals(ContainerConfig.EMPTY)) {
            // compat: docker's text
            throw EngineException.invalid("config cannot be empty in order to create a container");
        }
        if (config.image().isEmpty()) {
            throw EngineException.invalid("no image specified");
        }
        HostConfig host = body.hostConfig();
        NetworkMode network = config.networkDisabled() ? new NetworkMode.None() : NetworkMode.parse(host.networkMode());
        refuseMissing(config, host);
        checkEndpoints(network, body.networkingConfig().endpointsConfig());
        HostSettings settings = settings(config, host, network);
        return new ContainerRequest(
                name,
                config.image(),
                Optional.ofNullable(config.entrypoint()),
                Optional.ofNullable(config.cmd()),
                config.env(),
                config.user(),
                config.workingDir(),
                config.hostname(),
                config.domainname(),
                config.labels(),
                new Streams(
                        config.tty(),
                        config.openStdin(),
                        config.stdinOnce(),
                        ExecEndpoints.size(host.consoleSize()).filter(s -> s.height() > 0)),
                PortsReader.exposed(config.exposedPorts()),
                config.volumes(),
                config.stopSignal().isEmpty() ? Optional.empty() : Optional.of(Signal.parse(config.stopSignal())),
                Optional.ofNullable(config.stopTimeout()).map(Duration::ofSeconds),
                SupervisionReader.healthcheck(config.healthcheck()),
                config.shell(),
                settings,
                new CreationDocument(config, withDefaults(host, network)).text());
    }

    private static void refuseMissing(ContainerConfig config, HostConfig host) {
        HealthConfig health = config.healthcheck();
        Missing.refuse(
                "health checks",
                health != null && !health.test().isEmpty() && !health.test().equals(List.of("NONE")));
        Missing.refuse("links between containers", !host.links().isEmpty());
        Missing.refuse("volumes from another container", !host.volumesFrom().isEmpty());
        Missing.refuse("device requests", !host.deviceRequests().isEmpty());
        Missing.refuse("annotations for the runtime", !host.annotations().isEmpty());
        Missing.refuse("a MAC address of your choice", !config.macAddress().isEmpty());
        String userns = host.usernsMode();
        Missing.refuse("user namespace mode " + userns, !userns.isEmpty() && !userns.equals("host"));
        String volumeDriver = host.volumeDriver();
        Missing.refuse("volume driver " + volumeDriver, !volumeDriver.isEmpty() && !volumeDriver.equals("local"));
        if (!host.isolation().isEmpty() && !host.isolation().equals("default")) {
            throw EngineException.invalid("invalid isolation '" + host.isolation() + "' on linux");
        }
    }

    private static void checkEndpoints(NetworkMode network, Map<String, EndpointSettings> endpoints) {
        endpoints.forEach((name, settings) -> {
            NetworkMode named = NetworkMode.parse(name);
            if (!named.equals(network)) {
                throw EngineException.notImplemented(
                        "connecting a container to further networks than " + network.text() + ": not implemented yet");
            }
            if (settings.ipamConfig() != null
                    && !settings.ipamConfig().ipv4Address().isEmpty()) {
                // compat: docker's text
                throw EngineException.invalid("user specified IP address is supported on user defined networks only");
            }
            Missing.refuse(
                    "a MAC address of your choice", !settings.macAddress().isEmpty());
        });
    }

    private static HostSettings settings(ContainerConfig config, HostConfig host, NetworkMode network) {
        if (host.shmSize() < 0) {
            throw EngineException.invalid("SHM size can not be less than 0");
        }
        if (host.oomScoreAdj() < -1000 || host.oomScoreAdj() > 1000) {
            throw EngineException.invalid(
                    "Invalid value " + host.oomScoreAdj() + ", range for oom score adj is [-1000, 1000]");
        }
        return new HostSettings(
                network,
                PortsReader.bindings(host.portBindings()),
                host.publishAllPorts(),
                MountsReader.read(config, host),
                ResourcesReader.read(host),
                host.cgroupParent().isEmpty() ? Optional.empty() : Optional.of(host.cgroupParent()),
                host.deviceCgroupRules(),
                security(host),
                new Namespaces(host.pidMode(), host.ipcMode(), host.utsMode(), host.cgroupnsMode()),
                names(host),
                host.readonlyRootfs(),
                Boolean.TRUE.equals(host.init()),
                host.autoRemove(),
                host.shmSize() == 0 ? DEFAULT_SHM : host.shmSize(),
                ResourcesReader.rlimits(host),
                host.oomScoreAdj() == 0 ? Optional.empty() : Optional.of(host.oomScoreAdj()),
                host.devices().stream().map(CreateRequestReader::device).toList(),
                host.sysctls(),
                host.runtime(),
                log(host.logConfig()),
                SupervisionReader.restartPolicy(host),
                HealthAction.of(host.healthOnFailure()));
    }

    private static DeviceRequest device(DeviceMapping mapping) {
        String inContainer = mapping.pathInContainer().isEmpty() ? mapping.pathOnHost() : mapping.pathInContainer();
        String permissions = mapping.cgroupPermissions().isEmpty() ? "rwm" : mapping.cgroupPermissions();
        return new DeviceRequest(mapping.pathOnHost(), inContainer, permissions);
    }

    private static Security security(HostConfig host) {
        boolean noNewPrivileges = false;
        String seccomp = "";
        for (String option : host.securityOpt()) {
            String[] parts = option.split("[=:]", 2);
            String value = parts.length == 2 ? parts[1] : "";
            switch (parts[0]) {
                case "no-new-privileges" -> noNewPrivileges = value.isEmpty() || Boolean.parseBoolean(value);
                case "seccomp" -> seccomp = value;
                case "label" -> Missing.refuse("SELinux labels", !value.equals("disable"));
                case "apparmor" -> Missing.refuse("AppArmor profile " + value, !value.equals("unconfined"));
                default -> throw EngineException.invalid("invalid --security-opt 2: \"" + option + "\"");
            }
        }
        return new Security(
                host.privileged(),
                host.capAdd(),
                host.capDrop(),
                host.groupAdd(),
                noNewPrivileges,
                seccomp,
                Optional.ofNullable(host.maskedPaths()),
                Optional.ofNullable(host.readonlyPaths()));
    }

    private static NameResolution names(HostConfig host) {
        for (String line : host.extraHosts()) {
            if (line.indexOf(':') <= 0) {
                // compat: docker's text
                throw EngineException.invalid(
                        "invalid extra host '" + line + "': bad format for add-host: \"" + line + "\"");
            }
        }
        return new NameResolution(host.dns(), host.dnsSearch(), host.dnsOptions(), host.extraHosts());
    }

    private static LogSettings log(LogConfig config) {
        String driver = config.type().isEmpty() ? "json-file" : config.type();
        if (!driver.equals("json-file") && !driver.equals("local")) {
            throw EngineException.notImplemented("log driver " + driver + ": not implemented yet");
        }
        String size = config.config().getOrDefault("max-size", "");
        return new LogSettings(driver, size.isEmpty() || size.equals("-1") ? 0 : ByteSize.parse(size));
    }

    private static HostConfig withDefaults(HostConfig host, NetworkMode network) {
        LogConfig log = host.logConfig();
        return host.toBuilder()
                .networkMode(network.text())
                .shmSize(host.shmSize() == 0 ? DEFAULT_SHM : host.shmSize())
                .ipcMode(host.ipcMode().isEmpty() ? "private" : host.ipcMode())
                .consoleSize(host.consoleSize().isEmpty() ? List.of(0, 0) : host.consoleSize())
                .logConfig(log.type().isEmpty() ? new LogConfig("json-file", log.config()) : log)
                .build();
    }
}
