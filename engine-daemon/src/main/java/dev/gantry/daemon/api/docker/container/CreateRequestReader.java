package dev.gantry.daemon.api.docker.container;

import dev.gantry.api.ContainerConfig;
import dev.gantry.api.ContainerCreateRequest;
import dev.gantry.api.DeviceMapping;
import dev.gantry.api.EndpointIpamConfig;
import dev.gantry.api.EndpointSettings;
import dev.gantry.api.HostConfig;
import dev.gantry.api.LogConfig;
import dev.gantry.daemon.service.container.ContainerConfig.Streams;
import dev.gantry.daemon.service.container.ContainerRequest;
import dev.gantry.daemon.service.container.HealthAction;
import dev.gantry.daemon.service.container.HostSettings;
import dev.gantry.daemon.service.container.HostSettings.DeviceRequest;
import dev.gantry.daemon.service.container.HostSettings.DriverRequest;
import dev.gantry.daemon.service.container.HostSettings.LogSettings;
import dev.gantry.daemon.service.container.HostSettings.NameResolution;
import dev.gantry.daemon.service.container.HostSettings.Namespaces;
import dev.gantry.daemon.service.container.NetworkMode;
import dev.gantry.daemon.service.log.LogChoice;
import dev.gantry.daemon.service.log.LogDefaults;
import dev.gantry.daemon.type.EngineException;
import dev.gantry.daemon.type.Signal;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Turns a create request of the Engine API into one of the engine's, refusing by name what is not there yet. */
final class CreateRequestReader {

    private static final long DEFAULT_SHM = 64L << 20;

    private CreateRequestReader() {}

    static ContainerRequest read(Optional<String> name, ContainerCreateRequest body, LogDefaults logs) {
        ContainerConfig config = body.config();
        if (config.equals(ContainerConfig.EMPTY)) {
            // compat: docker's text
            throw EngineException.invalid("config cannot be empty in order to create a container");
        }
        if (config.image().isEmpty()) {
            throw EngineException.invalid("no image specified");
        }
        HostConfig host = withLog(body.hostConfig(), logs);
        NetworkMode network = config.networkDisabled() ? new NetworkMode.None() : NetworkMode.parse(host.networkMode());
        refuseMissing(host);
        Map<String, EndpointSettings> endpoints = body.networkingConfig().endpointsConfig();
        checkEndpoints(network, endpoints);
        RelationsReader.checkConflicts(config, host, network);
        HostSettings settings = settings(config, host, network, RelationsReader.macAddress(network, endpoints));
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

    private static void refuseMissing(HostConfig host) {
        String userns = host.usernsMode();
        Missing.refuse("user namespace mode " + userns, !userns.isEmpty() && !userns.equals("host"));
        if (!host.isolation().isEmpty() && !host.isolation().equals("default")) {
            // compat: docker's text
            throw EngineException.invalid(
                    "Invalid isolation: \"" + host.isolation() + "\" - linux only supports 'default'");
        }
    }

    private static void checkEndpoints(NetworkMode network, Map<String, EndpointSettings> endpoints) {
        endpoints.forEach((name, settings) -> {
            NetworkMode named = NetworkMode.parse(name);
            if (!named.equals(network)) {
                throw EngineException.notImplemented(
                        "connecting a container to further networks than " + network.text() + ": not implemented yet");
            }
            EndpointIpamConfig addresses = settings.ipamConfig();
            if (addresses != null
                    && !(addresses.ipv4Address().isEmpty()
                            && addresses.ipv6Address().isEmpty()
                            && addresses.linkLocalIps().isEmpty())) {
                // compat: docker's text
                throw EngineException.invalid("user specified IP address is supported on user defined networks only");
            }
            if (!settings.aliases().isEmpty()) {
                // compat: docker's text
                throw EngineException.invalid("network-scoped aliases are only supported for user-defined networks");
            }
            Missing.refuse("links of an endpoint", !settings.links().isEmpty());
            Missing.refuse(
                    "driver options of an endpoint", !settings.driverOpts().isEmpty());
        });
    }

    private static HostSettings settings(
            ContainerConfig config, HostConfig host, NetworkMode network, Optional<String> macAddress) {
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
                SecurityReader.read(host),
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
                new LogSettings(host.logConfig().type(), host.logConfig().config()),
                RelationsReader.links(host),
                RelationsReader.volumesFrom(host),
                host.deviceRequests().stream()
                        .map(r -> new DriverRequest(r.driver(), r.count(), r.deviceIds(), r.capabilities()))
                        .toList(),
                host.annotations(),
                macAddress,
                SupervisionReader.restartPolicy(host),
                HealthAction.of(host.healthOnFailure()));
    }

    private static DeviceRequest device(DeviceMapping mapping) {
        String inContainer = mapping.pathInContainer().isEmpty() ? mapping.pathOnHost() : mapping.pathInContainer();
        String permissions = mapping.cgroupPermissions().isEmpty() ? "rwm" : mapping.cgroupPermissions();
        if (!permissions.matches("[rwm]+")) {
            throw EngineException.invalid("invalid device mode: " + permissions);
        }
        return new DeviceRequest(mapping.pathOnHost(), inContainer, permissions);
    }

    private static NameResolution names(HostConfig host) {
        for (String line : host.extraHosts()) {
            checkExtraHost(line);
        }
        for (String server : host.dns()) {
            if (!isAddress(server)) {
                // compat: docker's text
                throw EngineException.invalid("bad nameserver address " + server + ": unable to parse IP");
            }
        }
        return new NameResolution(host.dns(), host.dnsSearch(), host.dnsOptions(), host.extraHosts());
    }

    private static void checkExtraHost(String line) {
        int colon = line.indexOf(':');
        if (colon <= 0) {
            // compat: docker's text
            throw EngineException.invalid("bad format for add-host: \"" + line + "\"");
        }
        String address = line.substring(colon + 1);
        if (!address.equals("host-gateway") && !isAddress(address)) {
            // compat: docker's text
            throw EngineException.invalid("invalid IP address in add-host: \"" + address + "\"");
        }
    }

    /** Names are not looked up: only digits and separators of addresses get as far as the parser. */
    private static boolean isAddress(String text) {
        String bare = text.startsWith("[") && text.endsWith("]") ? text.substring(1, text.length() - 1) : text;
        if (!bare.matches("[0-9]{1,3}(\\.[0-9]{1,3}){3}|[0-9a-fA-F:.]*:[0-9a-fA-F:.]*")) {
            return false;
        }
        try {
            return InetAddress.getByName(bare) != null;
        } catch (UnknownHostException notAnAddress) {
            return false;
        }
    }

    private static HostConfig withLog(HostConfig host, LogDefaults defaults) {
        LogChoice choice =
                defaults.complete(host.logConfig().type(), host.logConfig().config());
        return host.toBuilder()
                .logConfig(new LogConfig(choice.driver().word(), choice.options()))
                .build();
    }

    private static HostConfig withDefaults(HostConfig host, NetworkMode network) {
        return host.toBuilder()
                .networkMode(network.text())
                .shmSize(host.shmSize() == 0 ? DEFAULT_SHM : host.shmSize())
                .ipcMode(host.ipcMode().isEmpty() ? "private" : host.ipcMode())
                .consoleSize(host.consoleSize().isEmpty() ? List.of(0, 0) : host.consoleSize())
                .build();
    }
}
