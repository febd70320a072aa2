package dev.gantry.daemon.service.container;

import dev.gantry.daemon.linux.file.RootDirectory;
import dev.gantry.daemon.network.Sandbox;
import dev.gantry.daemon.runtime.apparmor.AppArmor;
import dev.gantry.daemon.runtime.cgroup.CgroupDriver;
import dev.gantry.daemon.runtime.cgroup.CgroupLayout;
import dev.gantry.daemon.runtime.spec.Capabilities;
import dev.gantry.daemon.runtime.spec.CompiledFilters;
import dev.gantry.daemon.runtime.spec.ContainerSpec;
import dev.gantry.daemon.runtime.spec.DeviceNode;
import dev.gantry.daemon.runtime.spec.HostDevices;
import dev.gantry.daemon.runtime.spec.MountSpec;
import dev.gantry.daemon.runtime.spec.ProcessLimits;
import dev.gantry.daemon.runtime.spec.ProcessSpec;
import dev.gantry.daemon.runtime.spec.SeccompChoice;
import dev.gantry.daemon.runtime.spec.SpecWriter;
import dev.gantry.daemon.service.container.HostSettings.DeviceRequest;
import dev.gantry.daemon.service.container.HostSettings.Security;
import dev.gantry.daemon.type.ContainerId;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Says in the OCI runtime's words what a container is. */
final class ContainerSpecs {

    private final ContainerDirectories directories;
    private final ContainerNamespaces namespaces;
    private final CgroupLayout cgroups;
    private final CgroupDriver cgroupDriver;
    private final SpecWriter writer;
    private final Capabilities capabilities;
    private final ProcessLimits limits;
    private final Links links;
    private final MountStage stage;
    private final SharedMemory sharedMemory;
    private final DeviceDrivers drivers;
    private final AppArmor appArmor;
    private final InitBinary init;

    ContainerSpecs(
            ContainerDirectories directories,
            ContainerNamespaces namespaces,
            CgroupLayout cgroups,
            CgroupDriver cgroupDriver,
            SpecWriter writer,
            Capabilities capabilities,
            ProcessLimits limits,
            Links links,
            MountStage stage,
            SharedMemory sharedMemory,
            DeviceDrivers drivers,
            AppArmor appArmor,
            InitBinary init) {
        this.directories = directories;
        this.namespaces = namespaces;
        this.cgroups = cgroups;
        this.cgroupDriver = cgroupDriver;
        this.writer = writer;
        this.capabilities = capabilities;
        this.limits = limits;
        this.links = links;
        this.stage = stage;
        this.sharedMemory = sharedMemory;
        this.drivers = drivers;
        this.appArmor = appArmor;
        this.init = init;
    }

    /** Memory that containers share with others. */
    SharedMemory sharedMemory() {
        return sharedMemory;
    }

    /** What of the limits the kernel can enforce. */
    SupportedResources supported(HostSettings host) {
        return SupportedResources.of(
                host.resources().toBuilder()
                        .hugepages(AnnotationRules.hugepages(host.annotations()))
                        .build(),
                cgroups.support());
    }

    /** Checks what can be checked without the container's files, so that a bad wish fails the create, not the start. */
    void check(HostSettings host) {
        granted(host.security());
        limits.requested(host.rlimits());
        seccomp(host.security());
        host.deviceRules().forEach(DeviceRules::parse);
        host.resources().blockLimits().check();
        SysctlRules.check(host);
        AnnotationRules.check(host.annotations());
        appArmor(host.security());
        drivers.edits(host.driverRequests());
        if (host.init() && host.namespaces().pid().isEmpty()) {
            init.path();
        }
        for (DeviceRequest device : host.devices()) {
            HostDevices.at(Path.of(device.hostPath()), device.containerPath());
        }
    }

    /**
     * Writes the bundle's {@code config.json}.
     *
     * @return the seccomp profile that is new to the runtime, where it would take a compiled one
     */
    Optional<String> write(
            ContainerRecord record,
            Path rootfs,
            Optional<Sandbox> sandbox,
            Path bundle,
            Optional<CompiledFilters> compiled) {
        HostSettings host = record.host();
        ContainerSpec.Builder spec =
                ContainerSpec.builder(record.id(), firstProcess(record, rootfs), rootfs, cgroupPath(record.id(), host));
        spec.resources(host.resources())
                .namespaces(namespaces.of(record, sandbox))
                .sysctls(host.sysctls())
                .annotations(AnnotationRules.forRuntime(host.annotations()));
        if (namespaces.ownsUts(record)) {
            spec.hostname(record.config().hostname());
            if (!record.config().domainname().isEmpty()) {
                spec.domainname(record.config().domainname());
            }
        }
        if (sandbox.isPresent()) {
            spec.privateNetworkDefaults();
        }
        if (host.readOnlyRoot()) {
            spec.readonlyRootfs();
        }
        if (host.namespaces().ipc().equals("none")) {
            spec.withoutSharedMemory();
        }
        if (host.shmBytes() > 0) {
            spec.shmSize(host.shmBytes());
        }
        mounts(record).forEach(spec::mount);
        secure(spec, host);
        spec.edits(drivers.edits(host.driverRequests()));
        if (host.init() && host.namespaces().pid().isEmpty()) {
            // where processes are another's, that one has an init
            spec.init(init.path());
        }
        return writer.write(spec.build(), bundle, compiled);
    }

    private String cgroupPath(ContainerId id, HostSettings host) {
        return cgroups.pathFor(cgroupDriver, host.cgroupParent(), id);
    }

    private void secure(ContainerSpec.Builder spec, HostSettings host) {
        Security security = host.security();
        if (security.privileged()) {
            spec.privileged(HostDevices.all());
        }
        for (DeviceRequest device : host.devices()) {
            for (DeviceNode node : HostDevices.at(Path.of(device.hostPath()), device.containerPath())) {
                spec.device(node, device.permissions());
            }
        }
        host.deviceRules().stream().map(DeviceRules::parse).forEach(spec::deviceRule);
        seccomp(security).ifPresent(spec::seccomp);
        security.maskedPaths().ifPresent(spec::maskedPaths);
        security.readOnlyPaths().ifPresent(spec::readonlyPaths);
    }

    private static Optional<SeccompChoice> seccomp(Security security) {
        return switch (security.seccomp()) {
            case "" -> Optional.empty();
            case "default", "builtin" -> Optional.of(SeccompChoice.DEFAULT);
            case "unconfined" -> Optional.of(SeccompChoice.UNCONFINED);
            default -> Optional.of(SeccompChoice.custom(security.seccomp()));
        };
    }

    private Set<String> granted(Security security) {
        return security.privileged()
                ? capabilities.privileged()
                : capabilities.adjust(security.capAdd(), security.capDrop());
    }

    private ProcessSpec firstProcess(ContainerRecord record, Path rootfs) {
        ContainerConfig config = record.config();
        HostSettings host = record.host();
        return new ProcessSpec(
                config.argv(),
                environment(record),
                config.workingDirectory(),
                user(rootfs, config.user(), host.security()),
                config.streams().terminal(),
                granted(host.security()),
                host.security().noNewPrivileges(),
                limits.requested(host.rlimits()),
                host.oomScoreAdjust().map(limits::clampOomScoreAdjust),
                config.streams().terminalSize(),
                appArmor(host.security()));
    }

    private static ProcessSpec.ResolvedUser user(Path rootfs, String user, Security security) {
        try (RootDirectory root = RootDirectory.open(rootfs)) {
            return UserLookup.in(root).resolve(user, security.groupAdd());
        }
    }

    /**
     * The specification of a further process in a running container.
     *
     * @param root the container's root as its processes see it
     */
    ProcessSpec furtherProcess(ContainerRecord record, FurtherProcess wish, RootDirectory root) {
        ContainerConfig config = record.config();
        Security security = record.host().security();
        List<String> env = new ArrayList<>(environment(record));
        if (wish.terminal() && !config.streams().terminal()) {
            env.add(1, "TERM=xterm");
        }
        Set<String> named = new HashSet<>();
        wish.env().forEach(pair -> named.add(ConfigMerge.variable(pair)));
        env.removeIf(pair -> named.contains(ConfigMerge.variable(pair)));
        env.addAll(wish.env());
        String user = wish.user().isEmpty() ? config.user() : wish.user();
        return new ProcessSpec(
                wish.argv(),
                env,
                wish.workingDirectory().isEmpty() ? config.workingDirectory() : wish.workingDirectory(),
                UserLookup.in(root).resolve(user, security.groupAdd()),
                wish.terminal(),
                wish.privileged() ? capabilities.privileged() : granted(security),
                security.noNewPrivileges(),
                limits.requested(record.host().rlimits()),
                Optional.empty(),
                Optional.empty(),
                wish.privileged() ? appArmor.profile("unconfined") : appArmor(security));
    }

    private Optional<String> appArmor(Security security) {
        boolean free = security.privileged() && security.appArmor().isEmpty();
        return appArmor.profile(free ? "unconfined" : security.appArmor());
    }

    /**
     * What a further process is to be.
     *
     * @param argv program and arguments
     * @param env added to the container's
     * @param user empty: the container's
     * @param workingDirectory empty: the container's
     * @param terminal whether it gets a pseudo terminal
     * @param privileged whether it gets all capabilities
     */
    record FurtherProcess(
            List<String> argv,
            List<String> env,
            String user,
            String workingDirectory,
            boolean terminal,
            boolean privileged) {}

    private List<String> environment(ContainerRecord record) {
        ContainerConfig config = record.config();
        List<String> env = new ArrayList<>();
        Set<String> named = new HashSet<>();
        config.env().forEach(pair -> named.add(ConfigMerge.variable(pair)));
        if (!named.contains("PATH")) {
            env.add("PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin");
        }
        if (!named.contains("HOSTNAME")) {
            env.add("HOSTNAME=" + config.hostname());
        }
        if (config.streams().terminal() && !named.contains("TERM")) {
            env.add("TERM=xterm");
        }
        links.environment(record).stream()
                .filter(pair -> !named.contains(ConfigMerge.variable(pair)))
                .forEach(env::add);
        config.env().stream().filter(pair -> pair.indexOf('=') > 0).forEach(env::add);
        return env;
    }

    private List<MountSpec> mounts(ContainerRecord record) {
        List<MountSpec> mounts = new ArrayList<>();
        Set<String> covered = new HashSet<>();
        for (MountPoint point : record.mounts()) {
            covered.add(point.destination());
            mounts.add(mount(record, point));
        }
        sharedMemory.mounts(record).stream()
                .filter(memory -> !covered.contains(memory.destination()))
                .forEach(mounts::add);
        EtcFiles etc = directories.etc(record.id());
        Map<String, Path> files = Map.of(
                "/etc/hosts", etc.hosts(), "/etc/hostname", etc.hostname(), "/etc/resolv.conf", etc.resolvConf());
        files.forEach((destination, file) -> {
            if (!covered.contains(destination)) {
                mounts.add(new MountSpec(destination, "bind", file.toString(), List.of("rbind", "rprivate")));
            }
        });
        return mounts;
    }

    private MountSpec mount(ContainerRecord record, MountPoint point) {
        MountRequest request = point.request();
        if (request instanceof MountRequest.Tmpfs tmpfs) {
            return MountSpec.tmpfs(tmpfs.destination(), tmpfs.options());
        }
        List<String> options = new ArrayList<>();
        String propagation = "rprivate";
        MountRequest.ReadOnlyScope scope = MountRequest.ReadOnlyScope.WHOLE_IF_POSSIBLE;
        boolean recursive = true;
        if (request instanceof MountRequest.Bind bind) {
            recursive = bind.recursive();
            propagation = bind.propagation();
            scope = bind.scope();
        }
        options.add(recursive ? "rbind" : "bind");
        if (request.readOnly()) {
            options.add(ReadOnlyMounts.option(scope));
        }
        // compat: crun takes the recursion of a propagation for one of the bind
        options.add(recursive || !propagation.startsWith("r") ? propagation : propagation.substring(1));
        String source = stage.source(record, point).map(Path::toString).orElse("");
        return new MountSpec(point.destination(), "bind", source, options);
    }
}
