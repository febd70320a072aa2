package dev.gantry.daemon.service.supervision;

import dev.gantry.daemon.linux.Fd;
import dev.gantry.daemon.linux.namespace.NamespaceSockets;
import dev.gantry.daemon.linux.namespace.NetworkNamespace;
import dev.gantry.daemon.runtime.Task;
import dev.gantry.daemon.service.container.ContainerService;
import dev.gantry.daemon.service.container.ContainerState.Status;
import dev.gantry.daemon.service.exec.ProbeRun;
import dev.gantry.daemon.service.health.Health;
import dev.gantry.daemon.service.health.HealthWatch;
import dev.gantry.daemon.service.health.NetworkProber;
import dev.gantry.daemon.service.health.Probe;
import dev.gantry.daemon.type.ContainerId;
import dev.gantry.daemon.type.EngineException;
import java.net.ProtocolFamily;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.time.Duration;

/**
 * A container whose health is found out.
 *
 * @param id the container's
 * @param probe how
 * @param containers where it is
 * @param commands runs programs in it
 * @param sockets opens sockets in its network, whoever else shares that
 * @param changes is told of each result
 */
record ProbedContainer(
        ContainerId id,
        Probe probe,
        ContainerService containers,
        ProbeRun commands,
        NamespaceSockets sockets,
        Changes changes)
        implements HealthWatch.Subject {

    private static final int MOST_OUTPUT = 4096;
    private static final String ELLIPSIS = "...";

    /** Is told of each result. */
    @FunctionalInterface
    interface Changes {
        void changed(ContainerId id, Health before, Health after);
    }

    @Override
    public boolean canBeProbed() {
        try {
            return containers.get(id.value()).state().status() == Status.RUNNING;
        } catch (EngineException gone) {
            return false;
        }
    }

    @Override
    public HealthWatch.Outcome probe(Duration timeout) {
        if (probe instanceof Probe.Command command) {
            ProbeRun.Result result = commands.run(id.value(), command.argv(), timeout, MOST_OUTPUT - ELLIPSIS.length());
            String output = result.truncated() ? result.output() + ELLIPSIS : result.output();
            return result.timedOut()
                    ? new HealthWatch.Outcome(
                            -1, NetworkProber.tooLong(timeout) + (output.isEmpty() ? "" : ": " + output))
                    : new HealthWatch.Outcome(result.exitCode(), output);
        }
        return NetworkProber.probe(probe, this::open, timeout);
    }

    /** The number of a process that has ended may be another's, so it must still be the container's once it is open. */
    private SocketChannel open(ProtocolFamily family) {
        Task task = containers.task(id.value());
        int pid = task.pid();
        if (pid != 0) {
            NetworkNamespace network = new NetworkNamespace(Path.of("/proc", Integer.toString(pid), "ns", "net"));
            try (Fd namespace = network.open()) {
                if (task.pid() == pid) {
                    return sockets.open(namespace, family);
                }
            }
        }
        throw EngineException.conflict("container " + id + " is not running");
    }

    @Override
    public void changed(Health before, Health after) {
        changes.changed(id, before, after);
    }
}
