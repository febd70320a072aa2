package dev.gantry.daemon.runtime.oci;

import dev.gantry.daemon.linux.LinuxException;
import dev.gantry.daemon.linux.process.ProgramRun;
import dev.gantry.daemon.linux.process.SealedProgram;
import dev.gantry.daemon.runtime.cgroup.CgroupLayout;
import dev.gantry.daemon.type.EngineException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Finds an OCI runtime that works on this host, by trying: crun as it is, crun with the host's second cgroup hierarchy
 * hidden (it refuses hosts that have both and use both), then runc.
 */
public final class RuntimeProbe {

    private static final Path HYBRID_HIERARCHY = Path.of("/sys/fs/cgroup/unified");
    private static final Duration DEADLINE = Duration.ofMinutes(1);

    private final Path execRoot;
    private final List<Path> ownRoots;
    private final boolean systemdCgroup;
    private final CgroupLayout cgroups;

    /**
     * What was found.
     *
     * @param program the runtime; its launcher is the caller's to close
     * @param reason which one and why, for the log
     */
    public record Choice(RuntimeProgram program, String reason) {}

    /**
     * @param execRoot where runtimes keep their state, on a shared mount
     * @param dataRoot where root file systems are mounted, on a shared mount
     * @param systemdCgroup whether systemd makes the cgroups
     * @param cgroups where they are
     */
    public RuntimeProbe(Path execRoot, Path dataRoot, boolean systemdCgroup, CgroupLayout cgroups) {
        this.cgroups = cgroups;
        this.execRoot = execRoot;
        this.ownRoots = List.of(execRoot, dataRoot);
        this.systemdCgroup = systemdCgroup;
    }

    /**
     * Tries them in order.
     *
     * @param crun the program, where it is installed
     * @param runc the program, where it is installed
     * @throws EngineException of kind unavailable that tells what each said, where none works
     */
    public Choice find(Optional<Path> crun, Optional<Path> runc) {
        List<String> refusals = new ArrayList<>();
        Optional<Choice> found = crun.flatMap(path -> tryCrun(path, refusals))
                .or(() -> runc.flatMap(path -> attempt("runc", path, Launcher.direct(), "", refusals)));
        return found.orElseThrow(() -> EngineException.unavailable("no OCI runtime works on this host: "
                + (refusals.isEmpty() ? "neither crun nor runc is installed" : String.join("; ", refusals))));
    }

    private Optional<Choice> tryCrun(Path path, List<String> refusals) {
        Optional<Choice> plain = attempt("crun", path, Launcher.direct(), "", refusals);
        if (plain.isPresent() || !Files.isDirectory(HYBRID_HIERARCHY)) {
            return plain;
        }
        Launcher launcher = new HiddenMountLauncher(List.of(HYBRID_HIERARCHY), ownRoots);
        Optional<Choice> hidden = attempt("crun", path, launcher, " with " + HYBRID_HIERARCHY + " hidden", refusals);
        if (hidden.isEmpty()) {
            launcher.close();
        }
        return hidden;
    }

    private Optional<Choice> attempt(String name, Path path, Launcher launcher, String how, List<String> refusals) {
        RuntimeProgram program = program(name, path, launcher);
        Optional<String> refusal = refusal(program);
        if (refusal.isPresent()) {
            program.sealed().ifPresent(SealedProgram::close);
            refusals.add(name + how + ": " + refusal.get());
            return Optional.empty();
        }
        String because = refusals.isEmpty() ? "" : ", because " + String.join("; ", refusals);
        return Optional.of(new Choice(program, name + how + because));
    }

    private RuntimeProgram program(String name, Path path, Launcher launcher) {
        Path state = execRoot.resolve("runtime").resolve(name);
        RuntimeProgram plain = RuntimeProgram.of(name, path, "", state, systemdCgroup, launcher);
        return name.equals("crun")
                ? crun(plain)
                : plain.withVersion(version(plain).orElse(""));
    }

    /** Security modules may let a program run from its file only. */
    private RuntimeProgram crun(RuntimeProgram plain) {
        Optional<SealedProgram> sealed = SealedProgram.of(plain.path());
        RuntimeProgram fromCopy = plain.asCrun(sealed, cgroups);
        Optional<String> version = version(fromCopy);
        if (version.isPresent()) {
            return fromCopy.withVersion(version.get());
        }
        sealed.ifPresent(SealedProgram::close);
        return plain.asCrun(Optional.empty(), cgroups)
                .withVersion(version(plain).orElse(""));
    }

    /** Creates a container without any program: where all else works, the missing program is what fails. */
    private Optional<String> refusal(RuntimeProgram program) {
        String name = "gantry-probe-" + ProcessHandle.current().pid();
        Path bundle = execRoot.resolve(name);
        try {
            Files.createDirectories(bundle.resolve("rootfs"));
            Files.writeString(
                    bundle.resolve("config.json"), ProbeDocument.of(name, bundle.resolve("rootfs"), systemdCgroup));
            ProgramRun run = ProgramRun.of(
                    program.commandLine(List.of("create", "--bundle", bundle.toString(), name)),
                    RuntimeProgram.ENVIRONMENT,
                    Path.of("/"),
                    program.launcher()::spawn,
                    DEADLINE);
            boolean works = RuntimeFailure.parse(run.output(), "").exitCode() == RuntimeFailure.NOT_FOUND;
            return works ? Optional.empty() : Optional.of(run.output());
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot try " + program.path(), e);
        } finally {
            clean(bundle, name);
        }
    }

    private static void clean(Path bundle, String cgroup) {
        try {
            // runtimes make mount points in the root file system
            try (Stream<Path> files = Files.walk(bundle)) {
                for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(file);
                }
            }
            Files.deleteIfExists(Path.of("/sys/fs/cgroup", cgroup));
            // on version 2 what stands here is not hierarchies but mostly files
            try (DirectoryStream<Path> hierarchies =
                    Files.newDirectoryStream(Path.of("/sys/fs/cgroup"), Files::isDirectory)) {
                for (Path hierarchy : hierarchies) {
                    Files.deleteIfExists(hierarchy.resolve(cgroup));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot clean up after trying a runtime", e);
        }
    }

    private static Optional<String> version(RuntimeProgram program) {
        try {
            ProgramRun run = ProgramRun.of(
                    List.of(program.executable().toString(), "--version"),
                    RuntimeProgram.ENVIRONMENT,
                    Path.of("/"),
                    program.launcher()::spawn,
                    DEADLINE);
            return run.status() == 0 ? Optional.of(versionIn(run, program.name())) : Optional.empty();
        } catch (LinuxException e) {
            return Optional.empty();
        }
    }

    private static String versionIn(ProgramRun run, String name) {
        return run.output().lines().findFirst().orElse("").replace(name + " version ", "");
    }
}
