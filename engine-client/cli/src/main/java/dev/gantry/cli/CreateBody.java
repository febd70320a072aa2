package dev.gantry.cli;

import static dev.gantry.cli.Verb.orEmpty;

import dev.gantry.cli.terminal.Terminal;
import dev.gantry.client.json.Json;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Turns the options of a container into the body of the request that creates it. */
final class CreateBody {

    private final ContainerOptions options;
    private final Cli cli;
    private final Map<String, Object> body = new LinkedHashMap<>();
    private final Map<String, Object> host = new LinkedHashMap<>();

    CreateBody(ContainerOptions options, Cli cli) {
        this.options = options;
        this.cli = cli;
    }

    /**
     * Builds the body.
     *
     * @param attached whether the caller will stay connected
     */
    Json build(String image, List<String> command, boolean attached) throws IOException {
        List<String> streams = streams();
        boolean stdin = attached && (streams.isEmpty() ? options.interactive : streams.contains("stdin"));
        body.put("Hostname", options.hostname);
        body.put("Domainname", options.domainname);
        body.put("User", options.user);
        body.put("AttachStdin", stdin);
        body.put("AttachStdout", attached && (streams.isEmpty() || streams.contains("stdout")));
        body.put("AttachStderr", attached && (streams.isEmpty() || streams.contains("stderr")));
        body.put("Tty", options.tty);
        body.put("OpenStdin", options.interactive);
        body.put("StdinOnce", options.interactive && stdin);
        body.put("Image", image);
        body.put("WorkingDir", options.workdir);
        if (!command.isEmpty()) {
            body.put("Cmd", command);
        }
        String entrypoint = options.entrypoint;
        if (entrypoint != null) {
            body.put("Entrypoint", List.of(entrypoint));
        }
        environment();
        if (!options.stopSignal.isEmpty()) {
            body.put("StopSignal", options.stopSignal);
        }
        if (options.stopTimeout != null) {
            body.put("StopTimeout", options.stopTimeout);
        }
        health();
        ports();
        volumes();
        networks();
        resources();
        namespaces();
        lifecycle();
        body.put("HostConfig", host);
        return Json.of(body);
    }

    private List<String> streams() {
        return orEmpty(options.attach).stream()
                .map(name -> name.toLowerCase(Locale.ROOT))
                .toList();
    }

    private void environment() throws IOException {
        List<String> variables = new ArrayList<>(OptionValues.lines(orEmpty(options.envFile)));
        variables.addAll(orEmpty(options.env));
        body.put("Env", OptionValues.environment(variables, cli.environment()));
        List<String> labels = new ArrayList<>(
                OptionValues.environment(OptionValues.lines(orEmpty(options.labelFile)), cli.environment()));
        labels.addAll(orEmpty(options.label));
        body.put("Labels", OptionValues.pairs(labels));
        if (options.annotation != null) {
            host.put("Annotations", OptionValues.pairs(options.annotation));
        }
    }

    private void health() {
        Map<String, Object> health = new LinkedHashMap<>();
        List<List<String>> tests = healthTests();
        if (options.noHealthcheck) {
            if (!tests.isEmpty()) {
                // compat: docker's text
                throw new IllegalArgumentException("--no-healthcheck conflicts with --health-* options");
            }
            health.put("Test", List.of("NONE"));
        } else if (tests.size() > 1) {
            throw new IllegalArgumentException(
                    "conflicting options: only one of --health-cmd, --health-http, --health-tcp and --health-grpc");
        } else if (tests.size() == 1) {
            health.put("Test", tests.get(0));
        }
        putTime(health, "Interval", options.healthInterval);
        putTime(health, "Timeout", options.healthTimeout);
        putTime(health, "StartPeriod", options.healthStartPeriod);
        putTime(health, "StartInterval", options.healthStartInterval);
        if (options.healthRetries > 0) {
            health.put("Retries", options.healthRetries);
        }
        if (!health.isEmpty()) {
            body.put("Healthcheck", health);
        }
    }

    private List<List<String>> healthTests() {
        List<List<String>> tests = new ArrayList<>();
        if (!options.healthCmd.isEmpty()) {
            tests.add(List.of("CMD-SHELL", options.healthCmd));
        }
        addNetworkTest(tests, "http", options.healthHttp);
        addNetworkTest(tests, "tcp", options.healthTcp);
        addNetworkTest(tests, "grpc", options.healthGrpc);
        return tests;
    }

    /** The scheme may be left out, as the option says it. */
    private static void addNetworkTest(List<List<String>> tests, String scheme, String address) {
        if (!address.isEmpty()) {
            String whole = address.contains("://") ? address : scheme + "://" + address;
            tests.add(List.of(scheme.toUpperCase(Locale.ROOT), whole));
        }
    }

    private static void putTime(Map<String, Object> to, String name, String text) {
        if (!text.isEmpty()) {
            to.put(name, OptionValues.time(text).toNanos());
        }
    }

    private void ports() {
        PortOptions ports = new PortOptions();
        orEmpty(options.expose).forEach(ports::expose);
        orEmpty(options.publish).forEach(ports::publish);
        if (!ports.exposed().isEmpty()) {
            body.put("ExposedPorts", ports.exposed());
        }
        host.put("PortBindings", ports.bindings());
        host.put("PublishAllPorts", options.publishAll);
    }

    private void volumes() {
        List<String> binds = new ArrayList<>();
        Map<String, Object> anonymous = new LinkedHashMap<>();
        for (String volume : orEmpty(options.volume)) {
            int colon = volume.indexOf(':');
            if (colon < 0) {
                anonymous.put(volume, Map.of());
            } else {
                String source = volume.substring(0, colon);
                binds.add((source.startsWith(".") ? MountOption.absolute(source) : source) + volume.substring(colon));
            }
        }
        if (!anonymous.isEmpty()) {
            body.put("Volumes", anonymous);
        }
        host.put("Binds", binds);
        if (options.mount != null) {
            host.put("Mounts", options.mount.stream().map(MountOption::parse).toList());
        }
        if (options.tmpfs != null) {
            Map<String, String> tmpfs = new LinkedHashMap<>();
            for (String text : options.tmpfs) {
                int colon = text.indexOf(':');
                tmpfs.put(colon < 0 ? text : text.substring(0, colon), colon < 0 ? "" : text.substring(colon + 1));
            }
            host.put("Tmpfs", tmpfs);
        }
        host.put("VolumesFrom", orEmpty(options.volumesFrom));
    }

    private void networks() {
        List<String> names = orEmpty(options.network);
        String mode = names.isEmpty() ? "default" : names.get(0);
        host.put("NetworkMode", mode);
        Map<String, Object> endpoints = new LinkedHashMap<>();
        for (String name : names) {
            boolean special = name.equals("none") || name.equals("host") || name.startsWith("container:");
            if (!special) {
                endpoints.put(name, endpoint(name.equals(mode)));
            }
        }
        if (names.isEmpty()
                && (!(options.ip + options.ip6 + options.macAddress).isEmpty() || options.linkLocalIp != null)) {
            endpoints.put("default", endpoint(true));
        }
        body.put("NetworkingConfig", Map.of("EndpointsConfig", endpoints));
        if (!options.macAddress.isEmpty()) {
            body.put("MacAddress", options.macAddress);
        }
        host.put("Links", orEmpty(options.link));
        host.put("ExtraHosts", orEmpty(options.addHost));
        host.put("Dns", orEmpty(options.dns));
        host.put("DnsOptions", orEmpty(options.dnsOption));
        host.put("DnsSearch", orEmpty(options.dnsSearch));
    }

    private Map<String, Object> endpoint(boolean first) {
        Map<String, Object> endpoint = new LinkedHashMap<>();
        if (!first) {
            return endpoint;
        }
        Map<String, Object> addresses = new LinkedHashMap<>();
        if (!options.ip.isEmpty()) {
            addresses.put("IPv4Address", options.ip);
        }
        if (!options.ip6.isEmpty()) {
            addresses.put("IPv6Address", options.ip6);
        }
        if (options.linkLocalIp != null) {
            addresses.put("LinkLocalIPs", options.linkLocalIp);
        }
        if (!addresses.isEmpty()) {
            endpoint.put("IPAMConfig", addresses);
        }
        if (options.networkAlias != null) {
            endpoint.put("Aliases", options.networkAlias);
        }
        if (!options.macAddress.isEmpty()) {
            endpoint.put("MacAddress", options.macAddress);
        }
        return endpoint;
    }

    private void resources() {
        host.put("Memory", OptionValues.size(options.memory));
        host.put("MemoryReservation", OptionValues.size(options.memoryReservation));
        host.put("MemorySwap", OptionValues.size(options.memorySwap));
        if (options.memorySwappiness != null) {
            host.put("MemorySwappiness", options.memorySwappiness);
        }
        host.put("OomKillDisable", options.oomKillDisable);
        host.put("OomScoreAdj", options.oomScoreAdj);
        host.put("ShmSize", OptionValues.size(options.shmSize));
        host.put("NanoCpus", OptionValues.nanoCpus(options.cpus));
        host.put("CpuShares", options.cpuShares);
        host.put("CpuPeriod", options.cpuPeriod);
        host.put("CpuQuota", options.cpuQuota);
        host.put("CpusetCpus", options.cpusetCpus);
        host.put("CpusetMems", options.cpusetMems);
        if (options.pidsLimit != null) {
            host.put("PidsLimit", options.pidsLimit);
        }
        host.put(
                "Ulimits",
                orEmpty(options.ulimit).stream().map(OptionValues::ulimit).toList());
        options.devices.putInto(host);
        host.put("CpuRealtimePeriod", options.cpuRtPeriod);
        host.put("CpuRealtimeRuntime", options.cpuRtRuntime);
        host.put("CpuCount", options.cpuCount);
        host.put("CpuPercent", options.cpuPercent);
        host.put("KernelMemory", OptionValues.size(options.kernelMemory));
        host.put("CgroupParent", options.cgroupParent);
    }

    private void namespaces() throws IOException {
        host.put("CapAdd", orEmpty(options.capAdd));
        host.put("CapDrop", orEmpty(options.capDrop));
        host.put("Privileged", options.privileged);
        List<String> security = new ArrayList<>();
        for (String option : orEmpty(options.securityOpt)) {
            if (option.equals("systempaths=unconfined") || option.equals("systempaths:unconfined")) {
                // not the engine's word: no path is masked or read-only
                host.put("MaskedPaths", List.of());
                host.put("ReadonlyPaths", List.of());
            } else {
                security.add(OptionValues.securityOption(option));
            }
        }
        host.put("SecurityOpt", security);
        if (options.sysctl != null) {
            host.put("Sysctls", OptionValues.pairs(options.sysctl));
        }
        if (options.storageOpt != null) {
            host.put("StorageOpt", OptionValues.pairs(options.storageOpt));
        }
        host.put("GroupAdd", orEmpty(options.groupAdd));
        host.put("ReadonlyRootfs", options.readOnly);
        host.put("Isolation", options.isolation);
        host.put("VolumeDriver", options.volumeDriver);
        host.put("IpcMode", options.ipc);
        host.put("PidMode", options.pid);
        host.put("UTSMode", options.uts);
        host.put("UsernsMode", options.userns);
        host.put("CgroupnsMode", options.cgroupns);
    }

    private void lifecycle() {
        if (options.remove && !options.restart.isEmpty() && !options.restart.equals("no")) {
            throw new IllegalArgumentException("conflicting options: cannot specify both --restart and --rm");
        }
        host.put("AutoRemove", options.remove);
        if (!options.healthOnFailure.isEmpty()) {
            host.put("HealthOnFailure", options.healthOnFailure);
        }
        host.put("RestartPolicy", OptionValues.restartPolicy(options.restart));
        host.put("LogConfig", Map.of("Type", options.logDriver, "Config", OptionValues.pairs(orEmpty(options.logOpt))));
        host.put("ContainerIDFile", options.cidFile);
        if (options.init != null) {
            host.put("Init", options.init);
        }
        if (!options.runtime.isEmpty()) {
            host.put("Runtime", options.runtime);
        }
        Terminal.Size size = options.tty ? cli.terminalSize(Cli.STDOUT) : Terminal.Size.UNKNOWN;
        host.put("ConsoleSize", List.of(size.height(), size.width()));
    }
}
