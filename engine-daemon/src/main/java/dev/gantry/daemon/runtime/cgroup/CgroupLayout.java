package dev.gantry.daemon.runtime.cgroup;

import dev.gantry.daemon.type.ContainerId;
import dev.gantry.daemon.type.EngineException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The control groups of the host, as they are mounted. Immutable; safe for use by many threads. */
public final class CgroupLayout {

    /** The versions a host can have. */
    public enum Version {
        /** One tree for each controller. */
        V1,
        /** Version 1 for the controllers, and a tree of version 2 beside it. */
        HYBRID,
        /** One tree for all. */
        V2
    }

    private static final String ROOT = "/gantry";
    private static final String SLICE = "system.slice";
    private static final String UNIT_PREFIX = "gantry";
    private static final List<String> CONTROLLERS = List.of(
            "cpu",
            "cpuacct",
            "cpuset",
            "memory",
            "devices",
            "freezer",
            "blkio",
            "pids",
            "hugetlb",
            "net_cls",
            "net_prio",
            "perf_event",
            "rdma",
            "misc");

    private final Version version;
    private final Map<String, Path> controllers;
    private final Optional<Path> unified;
    private final List<Path> trees;
    private final String parent;

    private CgroupLayout(
            Version version, Map<String, Path> controllers, Optional<Path> unified, List<Path> trees, String parent) {
        this.parent = parent;
        this.version = version;
        this.controllers = Map.copyOf(controllers);
        this.unified = unified;
        this.trees = List.copyOf(trees);
    }

    /** Looks at what is mounted now. */
    public static CgroupLayout detect() {
        try {
            return of(Files.readAllLines(Path.of("/proc/self/mountinfo")));
        } catch (IOException e) {
            throw new UncheckedIOException("Reading the mounts of this process", e);
        }
    }

    /** Reads lines in the form of {@code /proc/self/mountinfo}. */
    static CgroupLayout of(List<String> mounts) {
        Map<String, Path> controllers = new LinkedHashMap<>();
        Optional<Path> unified = Optional.empty();
        List<Path> trees = new ArrayList<>();
        for (String mount : mounts) {
            String[] halves = mount.split(" - ", 2);
            String[] left = halves[0].split(" ", -1);
            String[] right = halves[halves.length - 1].split(" ", -1);
            if (left.length < 5 || right.length < 3 || !right[0].startsWith("cgroup")) {
                continue;
            }
            Path point = Path.of(left[4].replace("\\040", " "));
            trees.add(point);
            if (right[0].equals("cgroup2")) {
                unified = Optional.of(point);
            } else {
                for (String option : right[2].split(",", -1)) {
                    if (CONTROLLERS.contains(option)) {
                        controllers.put(option, point);
                    }
                }
            }
        }
        Version version = controllers.isEmpty() ? Version.V2 : unified.isPresent() ? Version.HYBRID : Version.V1;
        if (trees.isEmpty()) {
            throw EngineException.unavailable("No control groups are mounted: containers cannot be limited or found;"
                    + " mount cgroup2 on /sys/fs/cgroup");
        }
        return new CgroupLayout(version, controllers, unified, trees, ROOT);
    }

    /** The same control groups for an engine whose containers have theirs below this one, for example {@code /gantry}. */
    public CgroupLayout withParent(String cgroupPath) {
        return new CgroupLayout(version, controllers, unified, trees, cgroupPath);
    }

    public Version version() {
        return version;
    }

    /** 1 or 2: which version the limits of containers are in. */
    public int limitsVersion() {
        return version == Version.V2 ? 2 : 1;
    }

    /** Where version 2 is mounted beside version 1; empty on other hosts. crun must not see it. */
    public Optional<Path> hybridMount() {
        return version == Version.HYBRID ? unified : Optional.empty();
    }

    /**
     * Names a container's cgroup as OCI runtimes want it for the driver.
     *
     * @param chosen the user's choice; absent: the engine's own
     * @throws EngineException of kind invalid for a parent that the driver cannot have
     */
    public String pathFor(CgroupDriver driver, Optional<String> chosen, ContainerId id) {
        if (driver == CgroupDriver.SYSTEMD) {
            String slice = chosen.orElse(SLICE);
            if (!slice.endsWith(".slice") || slice.contains("/")) {
                // compat: docker's text
                throw EngineException.invalid(
                        "cgroup-parent for systemd cgroup should be a valid slice named as" + " \"xxx.slice\"");
            }
            return slice + ":" + UNIT_PREFIX + ":" + id.value();
        }
        Path absolute = Path.of("/").resolve(chosen.orElse(parent)).normalize();
        return absolute.resolve(id.value()).toString();
    }

    /** The cgroup that a container has or would have, for the driver and the user's choice of a parent. */
    public ContainerCgroup group(CgroupDriver driver, Optional<String> parent, ContainerId id) {
        String name = pathFor(driver, parent, id);
        return new ContainerCgroup(this, driver == CgroupDriver.SYSTEMD ? scope(name) : name);
    }

    /** Where systemd puts the unit of {@code slice:prefix:name}: each dash of a slice's name is a level. */
    static String scope(String name) {
        String[] parts = name.split(":", 3);
        String slice = parts[0].substring(0, parts[0].length() - ".slice".length());
        StringBuilder path = new StringBuilder();
        if (!slice.equals("-")) {
            for (int dash = slice.indexOf('-'); dash > 0; dash = slice.indexOf('-', dash + 1)) {
                path.append('/').append(slice, 0, dash).append(".slice");
            }
            path.append('/').append(parts[0]);
        }
        return path + "/" + parts[1] + "-" + parts[2] + ".scope";
    }

    /** How often the kernel killed a process of a cgroup for want of memory; 0 where the cgroup is gone. */
    public long oomKills(String cgroupPath) {
        String file = version == Version.V2 ? "memory.events" : "memory.oom_control";
        return directory("memory", cgroupPath)
                .map(group -> keyed(group.resolve(file), "oom_kill"))
                .orElse(0L);
    }

    /** Bytes of memory a cgroup uses now; empty where the cgroup is gone. */
    public Optional<Long> memoryUsage(String cgroupPath) {
        return number("memory", cgroupPath, version == Version.V2 ? "memory.current" : "memory.usage_in_bytes");
    }

    /** Processes and threads a cgroup holds now; empty where the cgroup is gone. */
    public Optional<Long> pids(String cgroupPath) {
        return number("pids", cgroupPath, "pids.current");
    }

    /** The directory of a cgroup in a controller's tree; empty where the host has no such controller. */
    public Optional<Path> directory(String controller, String cgroupPath) {
        Optional<Path> tree = version == Version.V2 ? unified : Optional.ofNullable(controllers.get(controller));
        return tree.map(root -> root.resolve(relative(cgroupPath)));
    }

    /**
     * Removes a container's cgroup and what is below it from all trees. Only below the engine's own parent, and only
     * where no process is left.
     *
     * @return whether nothing of it is left
     */
    public boolean removeLeftover(ContainerId id) {
        boolean gone = true;
        for (Path tree : trees) {
            gone &= remove(tree.resolve(relative(parent)).resolve(id.value()));
        }
        return gone;
    }

    /**
     * Removes a cgroup and what is below it from all trees, where no process is left in it.
     *
     * @return whether nothing of it is left
     */
    public boolean remove(String cgroupPath) {
        String path = relative(cgroupPath);
        if (path.isEmpty()) {
            throw new IllegalArgumentException("The root of the cgroups is not for removal");
        }
        boolean gone = true;
        for (Path tree : trees) {
            gone &= remove(tree.resolve(path));
        }
        return gone;
    }

    /** The containers that have a cgroup below the engine's own parent. */
    public List<ContainerId> present() {
        List<ContainerId> ids = new ArrayList<>();
        for (Path tree : trees) {
            for (Path group : children(tree.resolve(relative(parent)))) {
                String name = group.getFileName().toString();
                if (name.matches("[0-9a-f]{64}")
                        && ids.stream().noneMatch(id -> id.value().equals(name))) {
                    ids.add(new ContainerId(name));
                }
            }
        }
        return ids;
    }

    /** What the kernel can limit. */
    public CgroupSupport support() {
        if (version == Version.V2) {
            List<String> there = unified.map(root -> words(root.resolve("cgroup.controllers")))
                    .orElse(List.of());
            boolean memory = there.contains("memory");
            boolean cpu = there.contains("cpu");
            return new CgroupSupport(
                    memory,
                    memory,
                    false,
                    cpu,
                    cpu,
                    there.contains("cpuset"),
                    there.contains("pids"),
                    there.contains("io"),
                    there.contains("io"),
                    there.contains("io"),
                    false,
                    memory,
                    false,
                    there.contains("hugetlb"));
        }
        return new CgroupSupport(
                has("memory", "memory.limit_in_bytes"),
                has("memory", "memory.memsw.limit_in_bytes"),
                has("memory", "memory.oom_control"),
                has("cpu", "cpu.shares"),
                has("cpu", "cpu.cfs_quota_us"),
                has("cpuset", "cpuset.cpus"),
                controllers.containsKey("pids"),
                has("blkio", "blkio.weight") || has("blkio", "blkio.bfq.weight"),
                has("blkio", "blkio.weight_device") || has("blkio", "blkio.bfq.weight_device"),
                has("blkio", "blkio.throttle.read_bps_device"),
                has("memory", "memory.swappiness"),
                has("memory", "memory.soft_limit_in_bytes"),
                has("cpu", "cpu.rt_runtime_us"),
                controllers.containsKey("hugetlb"));
    }

    private boolean has(String controller, String file) {
        return directory(controller, "/")
                .map(root -> Files.exists(root.resolve(file)))
                .orElse(false);
    }

    private Optional<Long> number(String controller, String cgroupPath, String file) {
        return directory(controller, cgroupPath)
                .map(group -> words(group.resolve(file)))
                .filter(words -> !words.isEmpty())
                .map(words -> Long.parseLong(words.get(0)));
    }

    private static long keyed(Path file, String key) {
        List<String> words = words(file);
        int at = words.indexOf(key);
        return at < 0 || at + 1 == words.size() ? 0 : Long.parseLong(words.get(at + 1));
    }

    private static List<String> words(Path file) {
        try {
            List<String> words = new ArrayList<>();
            for (String line : Files.readAllLines(file)) {
                words.addAll(List.of(line.strip().split("\\s+", -1)));
            }
            return words;
        } catch (NoSuchFileException e) {
            return List.of();
        } catch (FileSystemException e) {
            // The cgroup was removed between open and read: ENODEV.
            return List.of();
        } catch (IOException e) {
            if (!Files.exists(file)) {
                return List.of();
            }
            throw new UncheckedIOException("Reading " + file, e);
        }
    }

    /** Most have no children, and to list one costs a look at each of its many files: so only where it will not go. */
    private static boolean remove(Path group) {
        if (removeAlone(group)) {
            return true;
        }
        for (Path child : children(group)) {
            remove(child);
        }
        return removeAlone(group);
    }

    private static boolean removeAlone(Path group) {
        try {
            Files.deleteIfExists(group);
            return true;
        } catch (DirectoryNotEmptyException e) {
            return false;
        } catch (FileSystemException e) {
            // EBUSY: processes or groups are left in it.
            return !Files.exists(group);
        } catch (IOException e) {
            throw new UncheckedIOException("Removing the cgroup " + group, e);
        }
    }

    private static List<Path> children(Path group) {
        List<Path> children = new ArrayList<>();
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(group, Files::isDirectory)) {
            entries.forEach(children::add);
        } catch (NoSuchFileException | NotDirectoryException e) {
            return List.of();
        } catch (IOException e) {
            throw new UncheckedIOException("Listing the cgroups below " + group, e);
        }
        return children;
    }

    private static String relative(String cgroupPath) {
        return cgroupPath.startsWith("/") ? cgroupPath.substring(1) : cgroupPath;
    }
}
