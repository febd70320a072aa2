package dev.gantry.daemon.runtime.monitor;

import dev.gantry.daemon.runtime.ExecRequest;
import dev.gantry.daemon.runtime.TaskRequest;
import dev.gantry.daemon.runtime.oci.RuntimeProgram;
import dev.gantry.daemon.type.ContainerId;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The command line of conmon. */
final class Conmon {

    /** The descriptor that conmon reports on, the first after the standard three. */
    static final int SYNC_PIPE = 3;

    private static final int LONGEST_TERMINAL_DIRECTORY = 85;

    private final Path program;

    Conmon(Path program) {
        this.program = program;
    }

    List<String> commandLine(TaskRequest request, RuntimeProgram runtime, MonitorFiles files) {
        List<String> argv = new ArrayList<>();
        argv.add(program.toString());
        argv.addAll(List.of("--api-version", "1"));
        argv.addAll(
                List.of("--cid", request.id().value(), "--cuuid", request.id().value()));
        argv.addAll(List.of("--runtime", runtime.executable().toString()));
        argv.addAll(List.of("--bundle", files.bundle().toString(), "--full-attach"));
        argv.addAll(List.of("--persist-dir", files.bundle().toString()));
        argv.addAll(List.of("--container-pidfile", files.pid().toString()));
        argv.addAll(List.of(
                "--log-path", request.logFile().map(file -> "k8s-file:" + file).orElse("none")));
        // one fork less: the monitor is the daemon's child while the daemon lives
        argv.add("--sync");
        argv.add("--no-sync-log");
        if (request.maxLogBytes() > 0) {
            argv.addAll(List.of("--log-size-max", Long.toString(request.maxLogBytes())));
        }
        if (request.terminal()) {
            argv.add("--terminal");
        }
        if (request.openStdin()) {
            argv.add("--stdin");
        }
        if (request.terminal() || !request.stdinOnce()) {
            argv.add("--leave-stdin-open");
        }
        for (String option : runtime.globalOptions()) {
            argv.addAll(List.of("--runtime-arg", option));
        }
        return argv;
    }

    /** The monitor of a further process, whose streams nobody wants. */
    List<String> execCommandLine(
            ContainerId container, Path process, ExecRequest request, RuntimeProgram runtime, MonitorFiles files) {
        List<String> argv = new ArrayList<>();
        argv.add(program.toString());
        argv.addAll(List.of("--api-version", "1"));
        argv.addAll(List.of("--cid", container.value(), "--cuuid", request.execId()));
        argv.addAll(List.of("--runtime", runtime.path().toString()));
        argv.addAll(List.of("--bundle", files.bundle().toString(), "--full-attach"));
        argv.addAll(List.of("--persist-dir", files.bundle().toString()));
        argv.addAll(List.of("--container-pidfile", files.pid().toString()));
        argv.addAll(List.of("--log-path", "none", "--sync", "--no-sync-log"));
        argv.addAll(List.of("--exec", "--exec-process-spec", process.toString()));
        if (request.process().terminal()) {
            argv.add("--terminal");
        }
        for (String option : runtime.globalOptions()) {
            argv.addAll(List.of("--runtime-arg", option));
        }
        return argv;
    }

    List<String> environment(MonitorFiles files) {
        List<String> env = new ArrayList<>(RuntimeProgram.ENVIRONMENT);
        env.add("_OCI_SYNCPIPE=" + SYNC_PIPE);
        // conmon makes its terminal socket there and cuts off a name that is too long
        if (files.bundle().toString().length() <= LONGEST_TERMINAL_DIRECTORY) {
            env.add("TMPDIR=" + files.bundle());
        }
        return env;
    }
}
