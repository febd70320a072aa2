package dev.gantry.daemon.boot;

import dev.gantry.daemon.linux.process.ProgramRun;
import dev.gantry.daemon.linux.process.Spawner;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Looks whether the host has what the engine needs, and says what to do where it has not. */
public final class Doctor {

    private static final Duration MODULE_DEADLINE = Duration.ofSeconds(30);

    private final Path proc;
    private final List<Path> searchPath;

    Doctor(Path proc, List<Path> searchPath) {
        this.proc = proc;
        this.searchPath = searchPath;
    }

    /** Examines this host. */
    public static Doctor ofThisHost() {
        String path = Optional.ofNullable(System.getenv("PATH")).orElse("/usr/sbin:/usr/bin:/sbin:/bin");
        return new Doctor(
                Path.of("/proc"),
                Stream.concat(Stream.of(path.split(":", -1)), Stream.of("/usr/sbin", "/usr/bin", "/usr/local/bin"))
                        .filter(directory -> !directory.isEmpty())
                        .map(Path::of)
                        .distinct()
                        .toList());
    }

    /**
     * Something that is missing.
     *
     * @param fatal whether no container can run without it
     */
    public record Finding(boolean fatal, String text) {}

    /** What is missing; empty on a healthy host. */
    public List<Finding> examine(Optional<String> defaultRuntime) {
        List<Finding> findings = new ArrayList<>();
        require(findings, isRoot(), "gantryd must run as root: start it with sudo or as a service");
        require(
                findings,
                knows("filesystems", "overlay") || loads("overlay"),
                "the kernel does not know overlay file systems, and its module cannot be loaded: modprobe overlay");
        require(
                findings,
                knows("mounts", " cgroup2 ") || knows("mounts", " cgroup "),
                "no cgroups are mounted: mount -t cgroup2 cgroup2 /sys/fs/cgroup");
        List<String> runtimes = defaultRuntime.map(List::of).orElse(List.of("crun", "runc"));
        require(
                findings,
                runtimes.stream().anyMatch(this::isInstalled),
                "no OCI runtime is installed (" + String.join(", ", runtimes) + "): apt-get install crun");
        require(findings, isInstalled("conmon"), "the monitor is not installed: apt-get install conmon");
        return List.copyOf(findings);
    }

    private static void require(List<Finding> findings, boolean healthy, String text) {
        if (!healthy) {
            findings.add(new Finding(true, text));
        }
    }

    private boolean isRoot() {
        return lines("self/status").stream()
                .filter(line -> line.startsWith("Uid:"))
                .anyMatch(line -> line.split("\\s+", -1)[2].equals("0"));
    }

    private boolean knows(String file, String word) {
        return lines(file).stream().anyMatch(line -> line.contains(word));
    }

    /** Overlay file systems are a module on most distributions, and nothing has loaded it on a fresh boot. */
    private boolean loads(String module) {
        Optional<Path> modprobe = find("modprobe");
        if (modprobe.isEmpty()) {
            return false;
        }
        ProgramRun.of(
                List.of(modprobe.get().toString(), module),
                List.of("PATH=/usr/sbin:/usr/bin:/sbin:/bin"),
                Path.of("/"),
                Spawner::spawn,
                MODULE_DEADLINE);
        return knows("filesystems", module);
    }

    private Optional<Path> find(String program) {
        return searchPath.stream()
                .map(directory -> directory.resolve(program))
                .filter(Files::isExecutable)
                .findFirst();
    }

    private boolean isInstalled(String program) {
        return program.startsWith("/")
                ? Files.isExecutable(Path.of(program))
                : find(program).isPresent();
    }

    private List<String> lines(String file) {
        try {
            return Files.readAllLines(proc.resolve(file));
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot read " + proc.resolve(file), e);
        }
    }
}
