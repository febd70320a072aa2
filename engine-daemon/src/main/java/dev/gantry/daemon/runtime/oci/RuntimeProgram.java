package dev.gantry.daemon.runtime.oci;

import dev.gantry.daemon.linux.process.ProgramRun;
import dev.gantry.daemon.type.ContainerId;
import dev.gantry.daemon.type.EngineException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * An OCI runtime's command line. Safe for use by many threads.
 *
 * @param name for example {@code crun}
 * @param path of the program
 * @param version what it says of itself
 * @param stateRoot where it keeps the state of containers
 * @param systemdCgroup whether systemd makes the cgroups
 * @param launcher starts it
 */
public record RuntimeProgram(
        String name, Path path, String version, Path stateRoot, boolean systemdCgroup, Launcher launcher) {

    /** What every program of ours gets for an environment; containers get theirs from the specification. */
    public static final List<String> ENVIRONMENT =
            List.of("PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin");

    private static final Duration DEADLINE = Duration.ofMinutes(2);

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
        argv.add(path.toString());
        argv.addAll(globalOptions());
        argv.addAll(subcommand);
        return argv;
    }

    /** Lets a created container run its program. */
    public void start(ContainerId id) {
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
