package dev.gantry.daemon.service.container;

import dev.gantry.daemon.network.Port;
import dev.gantry.daemon.service.health.Healthcheck;
import dev.gantry.daemon.type.Signal;
import dev.gantry.daemon.type.TerminalSize;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What runs in a container: what the user asked for, completed with the image's defaults.
 *
 * @param imageName the image as the user named it
 * @param entrypoint the program and its first arguments; empty where the command stands alone
 * @param command the remaining arguments
 * @param env {@code NAME=value} pairs; later ones win
 * @param user as {@code user[:group]}, names or numbers; empty for root
 * @param workingDirectory absolute; empty for the root directory
 * @param hostname of the container's UTS namespace; empty: its short id, unless the namespace is shared
 * @param domainname appended to the host name; empty for none
 * @param labels free for users
 * @param streams how its standard streams are laid out
 * @param exposedPorts ports the image or the user declared
 * @param volumes mount points that get an anonymous volume unless something else is mounted there
 * @param stopSignal absent: TERM
 * @param stopTimeout between the stop signal and KILL; absent: 10 s; negative: for ever
 * @param healthcheck how its health is found out; absent: not at all
 * @param shell what interprets the command lines of health checks; empty: {@code /bin/sh -c}
 */
public record ContainerConfig(
        String imageName,
        List<String> entrypoint,
        List<String> command,
        List<String> env,
        String user,
        String workingDirectory,
        String hostname,
        String domainname,
        Map<String, String> labels,
        Streams streams,
        Set<Port> exposedPorts,
        Set<String> volumes,
        Optional<Signal> stopSignal,
        Optional<Duration> stopTimeout,
        Optional<Healthcheck> healthcheck,
        List<String> shell) {

    private static final Duration DEFAULT_STOP_TIMEOUT = Duration.ofSeconds(10);

    public ContainerConfig {
        entrypoint = List.copyOf(entrypoint);
        command = List.copyOf(command);
        env = List.copyOf(env);
        labels = Map.copyOf(labels);
        exposedPorts = Set.copyOf(exposedPorts);
        volumes = Set.copyOf(volumes);
        // records written before there was a shell
        shell = shell == null ? List.of() : List.copyOf(shell);
    }

    /**
     * The standard streams of the first process.
     *
     * @param terminal whether they are a pseudo terminal
     * @param openStdin whether standard input can be written to
     * @param stdinOnce whether it ends when the first attached client ends it
     * @param terminalSize the first size of the terminal
     */
    public record Streams(
            boolean terminal, boolean openStdin, boolean stdinOnce, Optional<TerminalSize> terminalSize) {}

    /** Program and arguments together. */
    public List<String> argv() {
        return java.util.stream.Stream.concat(entrypoint.stream(), command.stream())
                .toList();
    }

    public Signal effectiveStopSignal() {
        return stopSignal.orElse(Signal.TERM);
    }

    public Duration effectiveStopTimeout() {
        return stopTimeout.orElse(DEFAULT_STOP_TIMEOUT);
    }
}
