package dev.gantry.daemon.service.process;

import dev.gantry.daemon.linux.Fd;
import dev.gantry.daemon.linux.process.CapturedOutput;
import dev.gantry.daemon.linux.process.ChildProcess;
import dev.gantry.daemon.linux.process.Command;
import dev.gantry.daemon.linux.process.Spawner;
import dev.gantry.daemon.linux.socket.FdStream;
import dev.gantry.daemon.service.container.ContainerRecord;
import dev.gantry.daemon.service.container.ContainerService;
import dev.gantry.daemon.type.EngineException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Lists the processes of containers with the host's ps, whatever options a user wants of it; without one on the host the
 * default list is read from procfs. Stateless; safe for use by many threads.
 */
public final class ProcessService {

    private static final List<Path> PROGRAMS = List.of(Path.of("/usr/bin/ps"), Path.of("/bin/ps"));
    private static final List<String> ENVIRONMENT =
            List.of("PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin", "LC_ALL=C", "COLUMNS=4096");
    private static final Duration DEADLINE = Duration.ofSeconds(10);
    private static final String DEFAULT_OPTIONS = "-ef";

    private final ContainerService containers;
    private final Optional<Path> program;

    public ProcessService(ContainerService containers) {
        this(containers, PROGRAMS.stream().filter(Files::isExecutable).findFirst());
    }

    /** @param program the host's ps; absent where there is none */
    ProcessService(ContainerService containers, Optional<Path> program) {
        this.containers = containers;
        this.program = program;
    }

    /**
     * Lists a container's processes.
     *
     * @param options for ps; empty for the default ones
     * @throws EngineException conflict where the container does not run; invalid for options without a column PID
     */
    public ProcessList list(String reference, String options) {
        String wanted = options.isEmpty() ? DEFAULT_OPTIONS : options;
        PsOutput.check(" " + wanted);
        ContainerRecord record = containers.get(reference);
        if (!record.state().running()) {
            throw record.notRunning();
        }
        Set<Integer> pids = containers.cgroup(record).processes();
        ProcessList list = program.isPresent() ? ask(program.get(), wanted, pids) : read(wanted, pids);
        containers.events().publish(record, "top");
        return list;
    }

    private static ProcessList read(String options, Set<Integer> pids) {
        if (!options.equals(DEFAULT_OPTIONS)) {
            throw EngineException.unavailable(
                    "this host has no ps (package procps): only the default list can be shown");
        }
        return ProcReader.list(pids);
    }

    private static ProcessList ask(Path ps, String options, Set<Integer> pids) {
        List<String> argv = new ArrayList<>(List.of(ps.toString()));
        argv.addAll(List.of(options.split(" ", -1)));
        argv.removeIf(String::isEmpty);
        List<String> narrowed = new ArrayList<>(argv);
        narrowed.add("-q" + pids.stream().map(String::valueOf).collect(Collectors.joining(",")));
        Run run = Run.of(narrowed);
        if (run.status() != 0) {
            // some options do not go with a choice of processes
            run = Run.of(argv);
        }
        if (run.status() != 0) {
            String reason = run.errors().lines().findFirst().orElse("exit status " + run.status());
            throw EngineException.internal("ps: " + reason, new IOException(run.errors()));
        }
        return PsOutput.parse(run.output(), pids);
    }

    private record Run(int status, String output, String errors) {

        static Run of(List<String> argv) {
            try (Fd nothing = FdStream.openNull();
                    CapturedOutput output = CapturedOutput.open();
                    CapturedOutput errors = CapturedOutput.open();
                    ChildProcess child = Spawner.spawn(
                            new Command(argv, ENVIRONMENT, Path.of("/"), List.of(nothing, output.fd(), errors.fd())))) {
                OptionalInt status = child.waitFor(DEADLINE);
                if (status.isEmpty()) {
                    child.destroy(DEADLINE);
                    throw EngineException.unavailable("ps did not end within " + DEADLINE.toSeconds()
                            + " s: it waits for a process that is stuck in the kernel");
                }
                return new Run(status.getAsInt(), output.text(), errors.text());
            }
        }
    }
}
