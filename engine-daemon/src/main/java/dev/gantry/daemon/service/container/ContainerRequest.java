package dev.gantry.daemon.service.container;

import dev.gantry.daemon.network.Port;
import dev.gantry.daemon.service.container.ContainerConfig.Streams;
import dev.gantry.daemon.service.health.Healthcheck;
import dev.gantry.daemon.type.Signal;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A container as a user asks for it; what is absent comes from the image.
 *
 * @param name absent: the engine draws one
 * @param imageName the image
 * @param entrypoint absent: the image's; empty, or one empty word: none
 * @param command absent: the image's, unless an entrypoint is given
 * @param env added to the image's; the user's win
 * @param user empty: the image's
 * @param workingDirectory empty: the image's
 * @param hostname empty: the short id
 * @param domainname empty: none
 * @param labels added to the image's; the user's win
 * @param streams standard streams
 * @param exposedPorts added to the image's
 * @param volumes added to the image's
 * @param stopSignal absent: the image's
 * @param stopTimeout absent: 10 s
 * @param healthcheck what it does not say comes from the image's
 * @param shell empty: the image's
 * @param host what it takes from the host
 * @param creationDocument opaque; see {@link ContainerRecord}
 */
public record ContainerRequest(
        Optional<String> name,
        String imageName,
        Optional<List<String>> entrypoint,
        Optional<List<String>> command,
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
        List<String> shell,
        HostSettings host,
        String creationDocument) {}
