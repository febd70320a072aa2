package dev.gantry.daemon.runtime.spec;

import dev.gantry.daemon.type.ContainerId;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Everything an OCI runtime must know of a container. Made by {@link #builder}, which starts from what every container
 * gets; written by {@link SpecWriter}.
 *
 * @param id the container
 * @param process its first process
 * @param rootfs the root on the host
 * @param readonlyRootfs whether the root is mounted read-only
 * @param hostname empty: the namespace keeps the name it has
 * @param domainname empty: none is set
 * @param mounts in the order they are made
 * @param rootfsPropagation empty: the runtime's own choice
 * @param namespaces which are new
 * @param cgroupsPath as the cgroup driver wants it
 * @param resources limits
 * @param devices device files besides the ones every container has
 * @param deviceRules what may be done with devices; later rules win
 * @param seccomp which system calls are allowed
 * @param maskedPaths hidden from the container
 * @param readonlyPaths not to be written by the container
 * @param sysctls kernel parameters of the container's namespaces
 * @param annotations for runtimes; never taken from images
 * @param hooks programs of the host that the runtime runs; never taken from requests or images
 */
public record ContainerSpec(
        ContainerId id,
        ProcessSpec process,
        Path rootfs,
        boolean readonlyRootfs,
        Optional<String> hostname,
        Optional<String> domainname,
        List<MountSpec> mounts,
        Optional<String> rootfsPropagation,
        Namespaces namespaces,
        String cgroupsPath,
        Resources resources,
        List<DeviceNode> devices,
        List<DeviceRule> deviceRules,
        SeccompChoice seccomp,
        List<String> maskedPaths,
        List<String> readonlyPaths,
        Map<String, String> sysctls,
        Map<String, String> annotations,
        List<Hook> hooks) {

    public ContainerSpec {
        hooks = List.copyOf(hooks);
        mounts = List.copyOf(mounts);
        devices = List.copyOf(devices);
        deviceRules = List.copyOf(deviceRules);
        maskedPaths = List.copyOf(maskedPaths);
        readonlyPaths = List.copyOf(readonlyPaths);
        sysctls = Map.copyOf(sysctls);
        annotations = Map.copyOf(annotations);
    }

    /**
     * Starts from the defaults: default mounts, masked paths, device rules and seccomp profile, all namespaces new but
     * cgroup and user.
     *
     * @param cgroupsPath from {@code CgroupLayout}
     */
    public static Builder builder(ContainerId id, ProcessSpec process, Path rootfs, String cgroupsPath) {
        return new Builder(id, process, rootfs, cgroupsPath);
    }

    /** Gathers what a container asks for beyond the defaults. Not safe for use by several threads. */
    public static final class Builder {

        private static final String INIT = "/sbin/docker-init";
        private static final Set<String> WRITABLE_IN_READONLY =
                Set.of("/proc", "/dev", "/dev/pts", "/dev/shm", "/dev/mqueue");

        private final ContainerId id;
        private final Path rootfs;
        private final String cgroupsPath;
        private ProcessSpec process;
        private boolean readonlyRootfs;
        private Optional<String> hostname = Optional.empty();
        private Optional<String> domainname = Optional.empty();
        private long shmSize = SpecDefaults.SHM_SIZE;
        private final List<MountSpec> mounts = new ArrayList<>();
        private Namespaces namespaces = Namespaces.DEFAULT;
        private Resources resources = Resources.NONE;
        private final List<DeviceNode> devices = new ArrayList<>();
        private final List<DeviceRule> deviceRules = new ArrayList<>(SpecDefaults.DEVICE_RULES);
        private Optional<SeccompChoice> seccomp = Optional.empty();
        private List<String> maskedPaths = SpecDefaults.MASKED_PATHS;
        private List<String> readonlyPaths = SpecDefaults.READONLY_PATHS;
        private final Map<String, String> sysctls = new TreeMap<>();
        private Map<String, String> annotations = Map.of();
        private final List<Hook> hooks = new ArrayList<>();
        private boolean privileged;
        private boolean sharedMemory = true;

        private Builder(ContainerId id, ProcessSpec process, Path rootfs, String cgroupsPath) {
            this.id = id;
            this.process = process;
            this.rootfs = rootfs;
            this.cgroupsPath = cgroupsPath;
        }

        /** Mounts the root read-only, and the default mounts that hold no state of the container's. */
        public Builder readonlyRootfs() {
            readonlyRootfs = true;
            return this;
        }

        public Builder hostname(String name) {
            hostname = Optional.of(name);
            return this;
        }

        public Builder domainname(String name) {
            domainname = Optional.of(name);
            return this;
        }

        /** Sets the size of {@code /dev/shm} in bytes; 64 MiB unless set. */
        public Builder shmSize(long bytes) {
            shmSize = bytes;
            return this;
        }

        /** Leaves {@code /dev/shm} out. */
        public Builder withoutSharedMemory() {
            sharedMemory = false;
            return this;
        }

        /** Adds a mount; it takes the place of a default mount with the same destination. Outer ones are made first. */
        public Builder mount(MountSpec mount) {
            mounts.add(mount);
            return this;
        }

        public Builder namespaces(Namespaces choice) {
            namespaces = choice;
            return this;
        }

        public Builder resources(Resources limits) {
            resources = limits;
            return this;
        }

        /**
         * Adds a device file and lets the container use it.
         *
         * @param access some of {@code rwm}
         */
        public Builder device(DeviceNode node, String access) {
            devices.add(node);
            deviceRules.add(DeviceRule.allow(node.kind(), node.major(), node.minor(), access));
            return this;
        }

        public Builder deviceRule(DeviceRule rule) {
            deviceRules.add(rule);
            return this;
        }

        /** Sets the filter; unless set, the default profile, or none for privileged containers. */
        public Builder seccomp(SeccompChoice choice) {
            seccomp = Optional.of(choice);
            return this;
        }

        /** Replaces the paths that are hidden ({@code MaskedPaths} of the API, {@code systempaths=unconfined}: none). */
        public Builder maskedPaths(List<String> paths) {
            maskedPaths = paths;
            return this;
        }

        /** Replaces the paths that cannot be written. */
        public Builder readonlyPaths(List<String> paths) {
            readonlyPaths = paths;
            return this;
        }

        public Builder sysctls(Map<String, String> parameters) {
            sysctls.putAll(parameters);
            return this;
        }

        /** Lets every process open low ports and send pings, where the network is the container's own. */
        public Builder privateNetworkDefaults() {
            sysctls.putIfAbsent("net.ipv4.ip_unprivileged_port_start", "0");
            sysctls.putIfAbsent("net.ipv4.ping_group_range", "0 2147483647");
            return this;
        }

        public Builder annotations(Map<String, String> forRuntimes) {
            annotations = forRuntimes;
            return this;
        }

        /** Puts a small init in front of the process, which reaps orphans and passes signals on. */
        public Builder init(Path binaryOnHost) {
            mounts.add(new MountSpec(INIT, "bind", binaryOnHost.toString(), List.of("bind", "ro")));
            List<String> args = new ArrayList<>(List.of(INIT, "--"));
            args.addAll(process.args());
            process = process.with(args, List.of(), List.of());
            return this;
        }

        /** Puts devices in that a driver chose, with all that belongs to them. */
        public Builder edits(DeviceEdits edits) {
            process = process.with(process.args(), edits.env(), edits.groups());
            edits.devices().forEach(device -> device(device.node(), device.access()));
            mounts.addAll(edits.mounts());
            hooks.addAll(edits.hooks());
            return this;
        }

        /**
         * Gives the container the host's devices and takes the walls down: nothing masked or read-only, writable
         * {@code /sys} and cgroups, no filter. The capabilities are the process's.
         */
        public Builder privileged(List<DeviceNode> hostDevices) {
            privileged = true;
            devices.addAll(hostDevices);
            deviceRules.add(DeviceRule.allowAll());
            maskedPaths = List.of();
            readonlyPaths = List.of();
            return this;
        }

        public ContainerSpec build() {
            return new ContainerSpec(
                    id,
                    process,
                    rootfs,
                    readonlyRootfs,
                    hostname,
                    domainname,
                    allMounts(),
                    rootfsPropagation(),
                    namespaces,
                    cgroupsPath,
                    resources,
                    devices,
                    deviceRules,
                    seccomp.orElse(privileged ? SeccompChoice.UNCONFINED : SeccompChoice.DEFAULT),
                    maskedPaths,
                    readonlyPaths,
                    sysctls,
                    annotations,
                    hooks);
        }

        private List<MountSpec> allMounts() {
            Set<String> taken = mounts.stream().map(MountSpec::destination).collect(Collectors.toSet());
            List<MountSpec> all = new ArrayList<>();
            for (MountSpec mount : SpecDefaults.mounts(shmSize)) {
                String destination = mount.destination();
                boolean overridden = taken.contains(destination)
                        || (taken.contains("/dev") && destination.startsWith("/dev/"))
                        || (!sharedMemory && destination.equals("/dev/shm"));
                if (!overridden) {
                    all.add(adapted(mount));
                }
            }
            mounts.stream().sorted(Comparator.comparingInt(MountSpec::depth)).forEach(all::add);
            return all;
        }

        private MountSpec adapted(MountSpec mount) {
            boolean kernelTree = mount.type().equals("sysfs") || mount.type().equals("cgroup");
            if (privileged && kernelTree) {
                return mount.withoutOption("ro");
            }
            if (readonlyRootfs
                    && !WRITABLE_IN_READONLY.contains(mount.destination())
                    && !mount.options().contains("ro")) {
                return mount.withOption("ro");
            }
            return mount;
        }

        /** A mount can only be shared with, or follow, a host's mount where the root itself is not private. */
        private Optional<String> rootfsPropagation() {
            boolean slave = false;
            for (MountSpec mount : mounts) {
                if (mount.options().contains("shared") || mount.options().contains("rshared")) {
                    return Optional.of("shared");
                }
                slave |= mount.options().contains("slave") || mount.options().contains("rslave");
            }
            return slave ? Optional.of("rslave") : Optional.empty();
        }
    }
}
