package dev.gantry.daemon.service.container;

import dev.gantry.daemon.runtime.spec.Resources;
import dev.gantry.daemon.service.container.ContainerConfig.Streams;
import dev.gantry.daemon.service.container.HostSettings.LogSettings;
import dev.gantry.daemon.service.container.HostSettings.NameResolution;
import dev.gantry.daemon.service.container.HostSettings.Namespaces;
import dev.gantry.daemon.service.container.HostSettings.Security;
import dev.gantry.daemon.service.container.ImageFinder.ImageDefaults;
import dev.gantry.daemon.type.ContainerId;
import dev.gantry.registry.Digest;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Requests, images and records for tests, with little in them. */
final class Requests {

    static final Digest IMAGE = Digest.parse("sha256:" + "ab".repeat(32));

    private Requests() {}

    static ContainerRequest of(Optional<List<String>> entrypoint, Optional<List<String>> command, List<String> env) {
        return new ContainerRequest(
                Optional.empty(),
                "busybox",
                entrypoint,
                command,
                env,
                "",
                "",
                "",
                "",
                Map.of("kept", "user"),
                new Streams(false, false, false, Optional.empty()),
                Set.of(),
                Set.of(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                List.of(),
                host(),
                "{}");
    }

    static HostSettings host() {
        return host(new NetworkMode.Bridge());
    }

    private static HostSettings host(NetworkMode network) {
        return new HostSettings(
                network,
                List.of(),
                false,
                List.of(),
                Resources.NONE,
                Optional.empty(),
                List.of(),
                new Security(false, List.of(), List.of(), List.of(), false, "", Optional.empty(), Optional.empty()),
                new Namespaces("", "", "", ""),
                new NameResolution(List.of(), List.of(), List.of(), List.of()),
                false,
                false,
                false,
                0,
                Map.of(),
                Optional.empty(),
                List.of(),
                Map.of(),
                "",
                new LogSettings("json-file", 0),
                RestartPolicy.NONE,
                HealthAction.NONE);
    }

    static ImageDefaults image(List<String> entrypoint, List<String> command, List<String> env) {
        return new ImageDefaults(
                IMAGE,
                List.of(),
                entrypoint,
                command,
                env,
                "nobody",
                "/srv",
                Map.of("kept", "image", "more", "image"),
                Set.of(),
                Set.of("/data"),
                Optional.empty(),
                Optional.empty(),
                List.of());
    }

    static ContainerRecord record(ContainerId id, String name, Instant at) {
        ContainerConfig config = ConfigMerge.merge(
                of(Optional.empty(), Optional.of(List.of("true")), List.of()),
                image(List.of(), List.of(), List.of()),
                id);
        return new ContainerRecord(
                id, name, at, IMAGE, List.of(), config, host(), List.of(), "{}", 0, false, ContainerState.created());
    }

    /** A record like another, with labels and a network mode of its own. */
    static ContainerRecord labelled(ContainerRecord record, Map<String, String> labels, NetworkMode network) {
        ContainerRequest request = of(Optional.empty(), Optional.of(List.of("true")), List.of());
        ContainerConfig config = ConfigMerge.merge(
                new ContainerRequest(
                        request.name(),
                        request.imageName(),
                        request.entrypoint(),
                        request.command(),
                        request.env(),
                        request.user(),
                        request.workingDirectory(),
                        request.hostname(),
                        request.domainname(),
                        labels,
                        request.streams(),
                        request.exposedPorts(),
                        request.volumes(),
                        request.stopSignal(),
                        request.stopTimeout(),
                        request.healthcheck(),
                        request.shell(),
                        request.host(),
                        request.creationDocument()),
                image(List.of(), List.of(), List.of()),
                record.id());
        return new ContainerRecord(
                record.id(),
                record.name(),
                record.createdAt(),
                record.imageId(),
                record.layers(),
                config,
                host(network),
                record.mounts(),
                record.creationDocument(),
                record.restartCount(),
                record.stoppedByHand(),
                record.state());
    }

    static ContainerId id(String prefix) {
        return new ContainerId(prefix + "0".repeat(64 - prefix.length()));
    }
}
