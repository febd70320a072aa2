package dev.gantry.daemon.runtime.oci;

import dev.gantry.daemon.linux.process.ProgramRun;
import dev.gantry.daemon.linux.process.SealedProgram;
import dev.gantry.daemon.runtime.cgroup.CgroupLayout;
import dev.gantry.daemon.type.ContainerId;
import dev.gantry.daemon.type.EngineException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * An OCI runtime's command line. Safe for use by many threads.
 *
 * @param name for example {@code crun}
 * @param path of the program
 * @param version what it says of itself
 * @param stateRoot where it keeps the state of containers
 * @param systemdCgroup whether systemd makes the cgroups
 * @param launcher starts it
 * @param sealed the copy of it that is started in its place, where there is one
 * @param direct what can be done without it
 */
public record RuntimeProgram(
        String name,
        Path path,
        String version,
        Path stateRoot,
        boolean systemdCgroup,
        Launcher launcher,
        Optional<SealedProgram> sealed,
        DirectState direct) {

    /** What every program of ours gets for an environment; containers get theirs from the specification. */
    public static final List<String> ENVIRONMENT =
            List.of("PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin");

    private static final Duration DEADLINE = Duration.ofMinutes(2);

    /** A runtime of which nothing is known but how to start it. */
    public static RuntimeProgram of(
            String name, Path path, String version, Path stateRoot, boolean systemdCgroup, Launcher launcher) {
        return new RuntimeProgram(
                name, path, version, stateRoot, systemdCgroup, launcher, Optional.empty(), DirectState.NONE);
    }

    /** The same as a crun, which works by less: from a copy of it in memory, and by its files. */
    RuntimeProgram asCrun(Optional<SealedProgram> copy, CgroupLayout cgroups) {
        DirectState files = systemdCgroup ? DirectState.NONE : new CrunState(stateRoot, cgroups);
        return new RuntimeProgram(name, path, version, stateRoot, systemdCgroup, launcher, copy, files);
    }

    RuntimeProgram withVersion(String itsOwnWords) {
        return new RuntimeProgram(name, path, itsOwnWords, stateRoot, systemdCgroup, launcher, sealed, direct);
    }

    /** What is to be started now. */
    public Path executable() {
        return sealed.map(SealedProgram::path).orElse(path);
    }

    /**
     * Whether an exec that waits for its program hands over the program's terminal. runc does so only where it does not
     * wait; then nobody would learn the exit status.
     */
    public boolean handsOverTerminals() {
        return !name.equals("runc");
    }

    /** The options before the subcommand. */
    public List<String> globalOptions() {
        List<String> options = new ArrayList<>(List.of("--root", stateRoot.toString()));
        if (systemdCgroup) {
            options.add("--systemd-cgroup");
        }
        return options;
    }

    /** A whole command line. */
    public List<String> commandLine(List<String> subcommand) {
        List<String> argv = new ArrayList<>();
        argv.add(executable().toString());
        argv.addAll(globalOptions());
        argv.addAll(subcommand);
        return argv;
    }

    /** Whether it takes a seccomp filter that it compiled before. */
    public boolean takesCompiledFilters() {
        return direct.takesCompiledFilters();
    }

    /** The filter it made for a container that is created, in the kernel's form. */
    public Optional<byte[]> compiledFilter(ContainerId id) {
        return direct.compiledFilter(id);
    }

    /** Lets a created container run its program. */
    public void start(ContainerId id) {
        if (direct.start(id)) {
            return;
        }
        ProgramRun run = run(List.of("start", id.value()));
        if (run.status() != 0) {
            throw RuntimeFailure.parse(run.output(), "").onStart();
        }
    }

    /** Removes a container's state and cgroup and what runs in it. Does nothing where the runtime knows none. */
    public void delete(ContainerId id) {
        if (Files.notExists(stateRoot.resolve(id.value()))) {
            return;
        }
        if (direct.delete(id)) {
            return;
        }
        ProgramRun run = run(List.of("delete", "--force", id.value()));
        if (run.status() != 0 && Files.exists(stateRoot.resolve(id.value()))) {
            throw new EngineException(
                    EngineException.Kind.INTERNAL,
                    "cannot delete container " + id.shortForm() + " with " + name + ": " + run.output());
        }
    }

    private ProgramRun run(List<String> subcommand) {
        return ProgramRun.of(commandLine(subcommand), ENVIRONMENT, Path.of("/"), launcher::spawn, DEADLINE);
    }
}
