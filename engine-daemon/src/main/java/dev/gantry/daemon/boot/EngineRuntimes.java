package dev.gantry.daemon.boot;

import dev.gantry.daemon.linux.process.ExitWatcher;
import dev.gantry.daemon.linux.process.SealedProgram;
import dev.gantry.daemon.runtime.OciRuntime;
import dev.gantry.daemon.runtime.cgroup.CgroupDriver;
import dev.gantry.daemon.runtime.cgroup.CgroupLayout;
import dev.gantry.daemon.runtime.monitor.ConmonRuntime;
import dev.gantry.daemon.runtime.monitor.MonitorSettings;
import dev.gantry.daemon.runtime.oci.RuntimeProbe;
import dev.gantry.daemon.runtime.oci.RuntimeProgram;
import dev.gantry.daemon.service.container.Runtimes;
import dev.gantry.daemon.type.EngineException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executor;

/** The OCI runtimes of this host, found by trying, and those the user named. */
final class EngineRuntimes implements AutoCloseable {

    private static final Logger LOG = System.getLogger(EngineRuntimes.class.getName());
    private static final List<String> DIRECTORIES = List.of(
            "/usr/local/sbin", "/usr/local/bin", "/usr/sbin", "/usr/bin", "/sbin", "/bin", "/usr/libexec/podman");

    private final List<RuntimeProgram> programs;
    private final Runtimes runtimes;
    private final CgroupDriver driver;
    private final Path monitor;

    private EngineRuntimes(List<RuntimeProgram> programs, Runtimes runtimes, CgroupDriver driver, Path monitor) {
        this.programs = programs;
        this.runtimes = runtimes;
        this.driver = driver;
        this.monitor = monitor;
    }

    /** Finds what runs containers here; says in the log which and why. */
    static EngineRuntimes find(DaemonOptions options, CgroupLayout cgroups, ExitWatcher watcher, Executor executor) {
        CgroupDriver driver = options.cgroupDriver().filter("systemd"::equals).isPresent()
                ? CgroupDriver.SYSTEMD
                : CgroupDriver.CGROUPFS;
        boolean systemd = driver == CgroupDriver.SYSTEMD;
        Path monitor = program("conmon")
                .orElseThrow(() -> EngineException.unavailable(
                        "conmon is not installed: containers are held by it; install the package conmon"));
        RuntimeProbe probe = new RuntimeProbe(options.execRoot(), options.dataRoot(), systemd, cgroups);
        List<RuntimeProgram> programs = new ArrayList<>();
        Map<String, OciRuntime> byName = new LinkedHashMap<>();
        RuntimeProbe.Choice choice = probe.find(program("crun"), program("runc"));
        LOG.log(
                Level.INFO,
                "runtime chosen {0} version={1}",
                choice.reason(),
                choice.program().version());
        programs.add(choice.program());
        options.runtimes().forEach((name, path) -> programs.add(named(name, path, choice.program())));
        if (!choice.program().name().equals("runc")) {
            program("runc").ifPresent(path -> programs.add(named("runc", path, choice.program())));
        }
        for (RuntimeProgram one : programs) {
            byName.putIfAbsent(one.name(), new ConmonRuntime(one, MonitorSettings.of(monitor), watcher, executor));
        }
        RuntimeAdvice.warnings(programs).forEach(warning -> LOG.log(Level.WARNING, warning));
        String standard = options.defaultRuntime().orElse(choice.program().name());
        if (!byName.containsKey(standard)) {
            throw EngineException.invalid("specified default runtime '" + standard + "' does not exist");
        }
        return new EngineRuntimes(programs, new Runtimes(standard, byName), driver, monitor);
    }

    private static RuntimeProgram named(String name, Path path, RuntimeProgram like) {
        return RuntimeProgram.of(
                name, path, "", like.stateRoot().resolveSibling(name), like.systemdCgroup(), like.launcher());
    }

    /** Looks for a program where distributions put them. */
    static Optional<Path> program(String name) {
        return DIRECTORIES.stream()
                .map(directory -> Path.of(directory, name))
                .filter(Files::isExecutable)
                .findFirst();
    }

    Runtimes runtimes() {
        return runtimes;
    }

    CgroupDriver driver() {
        return driver;
    }

    Path monitor() {
        return monitor;
    }

    /** The programs, by name. */
    List<RuntimeProgram> programs() {
        return List.copyOf(programs);
    }

    @Override
    public void close() {
        programs.stream().map(RuntimeProgram::launcher).distinct().forEach(l -> l.close());
        programs.forEach(program -> program.sealed().ifPresent(SealedProgram::close));
    }
}
