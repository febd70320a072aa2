package dev.gantry.daemon.api.docker.system;

import dev.gantry.daemon.linux.process.HostMemory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** What the kernel and the distribution say about the host. */
final class HostFacts {

    private static final Path CGROUPS = Path.of("/sys/fs/cgroup");
    private static final Path KERNEL = Path.of("/proc/sys");

    String kernel() {
        return text(KERNEL.resolve("kernel/osrelease"), "");
    }

    String hostName() {
        return text(KERNEL.resolve("kernel/hostname"), "localhost");
    }

    /** The kernel's name of the architecture. */
    String architecture() {
        return switch (System.getProperty("os.arch")) {
            case "amd64" -> "x86_64";
            default -> System.getProperty("os.arch");
        };
    }

    /** Go's name of the architecture, which clients compare with those of images. */
    String goArchitecture() {
        return switch (System.getProperty("os.arch")) {
            case "aarch64" -> "arm64";
            default -> System.getProperty("os.arch");
        };
    }

    long memory() {
        return HostMemory.total();
    }

    int processors() {
        return Runtime.getRuntime().availableProcessors();
    }

    /** A field of {@code os-release}. */
    String release(String key) {
        Path file =
                Files.exists(Path.of("/etc/os-release")) ? Path.of("/etc/os-release") : Path.of("/usr/lib/os-release");
        Map<String, String> fields = new HashMap<>();
        lines(file).forEach(line -> {
            int equals = line.indexOf('=');
            if (equals > 0) {
                fields.put(line.substring(0, equals), line.substring(equals + 1).replaceAll("^[\"']|[\"']$", ""));
            }
        });
        return fields.getOrDefault(key, "");
    }

    boolean unifiedCgroups() {
        return Files.exists(CGROUPS.resolve("cgroup.controllers"));
    }

    /** Whether containers can be limited by a controller; names as in v1, {@code cpuset}, {@code memory}, {@code pids}. */
    boolean hasController(String name) {
        return unifiedCgroups()
                ? List.of(text(CGROUPS.resolve("cgroup.controllers"), "").split(" "))
                        .contains(name)
                : Files.isDirectory(CGROUPS.resolve(name));
    }

    boolean hasSwapLimit() {
        return unifiedCgroups()
                ? hasController("memory")
                : Files.exists(CGROUPS.resolve("memory/memory.memsw.limit_in_bytes"));
    }

    boolean hasOomKillDisable() {
        return Files.exists(CGROUPS.resolve("memory/memory.oom_control"));
    }

    boolean forwardsIpv4() {
        return text(KERNEL.resolve("net/ipv4/ip_forward"), "0").equals("1");
    }

    boolean bridgeCallsFilter(String family) {
        return text(KERNEL.resolve("net/bridge/bridge-nf-call-" + family), "0").equals("1");
    }

    int openDescriptors() {
        try (Stream<Path> open = Files.list(Path.of("/proc/self/fd"))) {
            return (int) open.count();
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot list the daemon's open descriptors", e);
        }
    }

    private static String text(Path file, String otherwise) {
        return lines(file).findFirst().map(String::strip).orElse(otherwise);
    }

    private static Stream<String> lines(Path file) {
        if (!Files.isReadable(file)) {
            return Stream.empty();
        }
        try {
            return Files.readAllLines(file).stream();
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot read " + file, e);
        }
    }
}
