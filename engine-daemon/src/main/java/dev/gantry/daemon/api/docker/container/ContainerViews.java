package dev.gantry.daemon.api.docker.container;

import dev.gantry.api.ContainerInspect;
import dev.gantry.api.ContainerState;
import dev.gantry.api.ContainerSummary;
import dev.gantry.api.GraphDriver;
import dev.gantry.api.HostConfig;
import dev.gantry.api.HostConfigBuilder;
import dev.gantry.api.HostConfigSummary;
import dev.gantry.api.MountPoint;
import dev.gantry.api.NetworkSettingsSummary;
import dev.gantry.api.Port;
import dev.gantry.daemon.api.docker.health.HealthViews;
import dev.gantry.daemon.network.Endpoint;
import dev.gantry.daemon.network.PublishedPort;
import dev.gantry.daemon.service.container.ContainerConfig;
import dev.gantry.daemon.service.container.ContainerDirectories;
import dev.gantry.daemon.service.container.ContainerRecord;
import dev.gantry.daemon.service.container.ContainerState.Status;
import dev.gantry.daemon.service.container.MountRequest;
import dev.gantry.daemon.service.container.RestartPolicy;
import dev.gantry.daemon.store.layer.LayerStore;
import dev.gantry.daemon.store.snapshot.SnapshotStore;
import dev.gantry.registry.Digest;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;

/** Shows containers as the Engine API does. */
final class ContainerViews {

    private static final String ZERO_TIME = "0001-01-01T00:00:00Z";

    private final ContainerDirectories directories;
    private final SnapshotStore snapshots;
    private final LayerStore layers;
    private final NetworkViews networks;
    private final Function<ContainerRecord, List<String>> execIds;
    private final Function<ContainerRecord, String> runtime;
    private final Clock clock;

    ContainerViews(
            ContainerDirectories directories,
            SnapshotStore snapshots,
            LayerStore layers,
            NetworkViews networks,
            Function<ContainerRecord, List<String>> execIds,
            Function<ContainerRecord, String> runtime,
            Clock clock) {
        this.directories = directories;
        this.snapshots = snapshots;
        this.layers = layers;
        this.networks = networks;
        this.execIds = execIds;
        this.runtime = runtime;
        this.clock = clock;
    }

    /** A line of a list. */
    ContainerSummary summary(ContainerRecord record, String imageName, Optional<Sizes> sizes) {
        return new ContainerSummary(
                record.id().value(),
                List.of("/" + record.name()),
                imageName,
                record.imageId().toString(),
                null,
                command(record.config()),
                record.createdAt().getEpochSecond(),
                ports(record),
                sizes.map(Sizes::written).orElse(null),
                sizes.map(Sizes::whole).orElse(null),
                record.config().labels(),
                stateName(record),
                status(record),
                new HostConfigSummary(record.host().network().text(), Map.of()),
                new NetworkSettingsSummary(networks.endpoints(record)),
                mounts(record));
    }

    /**
     * What a container takes of the disk, in bytes.
     *
     * @param written by the container
     * @param whole with its image
     */
    record Sizes(long written, long whole) {}

    private static String command(ContainerConfig config) {
        // compat: docker quotes arguments with spaces, but never the program
        List<String> argv = config.argv();
        StringBuilder text = new StringBuilder(argv.get(0));
        argv.stream().skip(1).forEach(arg -> text.append(arg.contains(" ") ? " '" + arg + "'" : " " + arg));
        return text.toString();
    }

    private static List<Port> ports(ContainerRecord record) {
        List<Port> ports = new ArrayList<>();
        if (!record.state().running()) {
            return ports;
        }
        Set<dev.gantry.daemon.network.Port> exposed =
                new TreeSet<>(record.config().exposedPorts());
        for (Endpoint endpoint : record.state().endpoints()) {
            for (PublishedPort published : endpoint.ports()) {
                dev.gantry.daemon.network.Port port = published.containerPort();
                exposed.remove(port);
                ports.add(new Port(
                        published.hostAddress(),
                        port.number(),
                        published.hostPort(),
                        port.protocol().lowerCase()));
            }
        }
        for (dev.gantry.daemon.network.Port port : exposed) {
            ports.add(new Port("", port.number(), 0, port.protocol().lowerCase()));
        }
        return ports;
    }

    static String stateName(ContainerRecord record) {
        return record.state().status().name().toLowerCase(Locale.ROOT);
    }

    /** The words of the STATUS column. */
    String status(ContainerRecord record) {
        dev.gantry.daemon.service.container.ContainerState state = record.state();
        return switch (state.status()) {
            case CREATED -> "Created";
            case REMOVING -> "Removal In Progress";
            case DEAD -> "Dead";
            case RUNNING -> "Up " + since(state.startedAt());
            case RESTARTING -> "Restarting (" + state.exitCode() + ") " + since(state.finishedAt()) + " ago";
            case EXITED -> "Exited (" + state.exitCode() + ") " + since(state.finishedAt()) + " ago";
        };
    }

    private String since(Optional<Instant> time) {
        return HumanDuration.of(Duration.between(time.orElse(clock.instant()), clock.instant()));
    }

    /** All of a container. */
    ContainerInspect inspect(ContainerRecord record, Optional<Sizes> sizes) {
        CreationDocument document = CreationDocument.parse(record.creationDocument());
        List<String> argv = record.config().argv();
        return ContainerInspect.builder()
                .id(record.id().value())
                .created(record.createdAt().toString())
                .path(argv.get(0))
                .args(argv.subList(1, argv.size()))
                .state(state(record))
                .image(record.imageId().toString())
                .resolvConfPath(
                        directories.home(record.id()).resolve("resolv.conf").toString())
                .hostnamePath(directories.home(record.id()).resolve("hostname").toString())
                .hostsPath(directories.home(record.id()).resolve("hosts").toString())
                .logPath(directories.log(record.id()).toString())
                .name("/" + record.name())
                .restartCount(record.restartCount())
                .driver("overlay2")
                .platform("linux")
                .execIds(execIds.apply(record))
                .hostConfig(hostConfig(record, document.hostConfig()))
                .graphDriver(new GraphDriver(graphData(record), "overlay2"))
                .sizeRw(sizes.map(Sizes::written).orElse(null))
                .sizeRootFs(sizes.map(Sizes::whole).orElse(null))
                .mounts(mounts(record))
                .config(config(record, document))
                .networkSettings(networks.settings(record))
                .build();
    }

    /** What was asked for, with what follows where nothing was said. */
    private HostConfig hostConfig(ContainerRecord record, HostConfig asked) {
        RestartPolicy policy = record.host().restart();
        HostConfigBuilder shown = asked.toBuilder()
                .restartPolicy(new dev.gantry.api.RestartPolicy(policy.kind().text(), policy.maximumRetries()));
        if (asked.runtime().isEmpty()) {
            shown.runtime(runtime.apply(record));
        }
        if (asked.memory() > 0 && asked.memorySwap() == 0) {
            shown.memorySwap(2 * asked.memory());
        }
        if (asked.memorySwappiness() != null && asked.memorySwappiness() < 0) {
            shown.memorySwappiness(null);
        }
        if (asked.pidsLimit() != null && asked.pidsLimit() <= 0) {
            shown.pidsLimit(null);
        }
        return shown.build();
    }

    private Map<String, String> graphData(ContainerRecord record) {
        List<String> lower = new ArrayList<>();
        for (Digest layer : record.layers()) {
            lower.add(0, layers.path(layer).toString());
        }
        Path upper = snapshots.upper(record.id());
        return Map.of(
                "LowerDir", String.join(":", lower),
                "MergedDir", snapshots.merged(record.id()).toString(),
                "UpperDir", upper.toString(),
                "WorkDir", upper.resolveSibling("work").toString());
    }

    private static ContainerState state(ContainerRecord record) {
        dev.gantry.daemon.service.container.ContainerState state = record.state();
        return new ContainerState(
                stateName(record),
                // compat: docker counts a container that is being restarted as running
                state.up(),
                false,
                state.status() == Status.RESTARTING,
                state.outOfMemory(),
                state.status() == Status.DEAD,
                state.pid(),
                state.exitCode(),
                state.error(),
                time(state.startedAt()),
                time(state.finishedAt()),
                null);
    }

    private static String time(Optional<Instant> instant) {
        return instant.map(Instant::toString).orElse(ZERO_TIME);
    }

    /** What was asked for, with what the image added. */
    private static dev.gantry.api.ContainerConfig config(ContainerRecord record, CreationDocument document) {
        ContainerConfig config = record.config();
        Set<String> exposed = new TreeSet<>();
        config.exposedPorts().forEach(p -> exposed.add(p.toString()));
        return document.config().toBuilder()
                .hostname(config.hostname())
                .domainname(config.domainname())
                .user(config.user())
                .exposedPorts(exposed)
                .env(config.env())
                .cmd(config.command().isEmpty() ? null : config.command())
                .entrypoint(config.entrypoint().isEmpty() ? null : config.entrypoint())
                .volumes(config.volumes())
                .workingDir(config.workingDirectory())
                .labels(config.labels())
                .healthcheck(config.healthcheck().map(HealthViews::config).orElse(null))
                .shell(config.shell())
                .build();
    }

    private static List<MountPoint> mounts(ContainerRecord record) {
        List<MountPoint> mounts = new ArrayList<>();
        for (dev.gantry.daemon.service.container.MountPoint point : record.mounts()) {
            boolean writable = !point.request().readOnly();
            if (point.request() instanceof MountRequest.Bind bind) {
                mounts.add(new MountPoint(
                        "bind", "", bind.source(), bind.destination(), "", bind.mode(), writable, bind.propagation()));
            } else if (point.request() instanceof MountRequest.Volume volume) {
                mounts.add(new MountPoint(
                        "volume",
                        point.volumeName().orElse(""),
                        point.source(),
                        volume.destination(),
                        "local",
                        volume.mode(),
                        writable,
                        ""));
            }
        }
        return mounts;
    }
}
