package dev.gantry.daemon.service.image;

import dev.gantry.daemon.service.health.Healthcheck;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What an image says about the containers made from it. Text that is not given is empty.
 *
 * @param user name or number, with {@code :group} where given
 * @param exposedPorts as {@code 80/tcp}
 * @param env as {@code NAME=value}
 * @param entrypoint absent where not given, which is not the same as empty
 * @param cmd absent where not given
 * @param volumes paths in the container that are to be volumes
 * @param workingDir absolute path in the container
 * @param labels in the order given
 * @param stopSignal name or number
 * @param healthcheck absent where not given
 * @param onBuild instructions for the next build
 * @param shell the shell of the builder, absent where not given
 * @param argsEscaped a Windows builder's flag, which is only passed on
 */
public record ImageConfig(
        String user,
        List<String> exposedPorts,
        List<String> env,
        Optional<List<String>> entrypoint,
        Optional<List<String>> cmd,
        List<String> volumes,
        String workingDir,
        Map<String, String> labels,
        String stopSignal,
        Optional<Healthcheck> healthcheck,
        List<String> onBuild,
        Optional<List<String>> shell,
        boolean argsEscaped) {

    /** Says nothing. */
    public static final ImageConfig EMPTY = new ImageConfig(
            "",
            List.of(),
            List.of(),
            Optional.empty(),
            Optional.empty(),
            List.of(),
            "",
            Map.of(),
            "",
            Optional.empty(),
            List.of(),
            Optional.empty(),
            false);

    public ImageConfig {
        exposedPorts = List.copyOf(exposedPorts);
        env = List.copyOf(env);
        entrypoint = entrypoint.map(List::copyOf);
        cmd = cmd.map(List::copyOf);
        volumes = List.copyOf(volumes);
        labels = Collections.unmodifiableMap(new LinkedHashMap<>(labels));
        onBuild = List.copyOf(onBuild);
        shell = shell.map(List::copyOf);
    }
}
