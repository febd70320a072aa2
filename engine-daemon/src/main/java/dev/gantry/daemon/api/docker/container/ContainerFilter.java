package dev.gantry.daemon.api.docker.container;

import dev.gantry.daemon.api.docker.container.ListEndpoints.ImageNames;
import dev.gantry.daemon.api.wire.Filters;
import dev.gantry.daemon.network.Port;
import dev.gantry.daemon.network.PortRequest;
import dev.gantry.daemon.network.PublishedPort;
import dev.gantry.daemon.service.container.ContainerRecord;
import dev.gantry.daemon.service.container.ContainerService;
import dev.gantry.daemon.service.container.ContainerState.Status;
import dev.gantry.daemon.service.health.Health;
import dev.gantry.daemon.type.EngineException;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;

/** Decides which containers a list shows. */
final class ContainerFilter {

    static final Set<String> KEYS = Set.of(
            "ancestor",
            "before",
            "exited",
            "health",
            "id",
            "isolation",
            "label",
            "name",
            "network",
            "publish",
            "expose",
            "since",
            "status",
            "volume",
            "is-task");

    private static final Set<String> STATUSES =
            Set.of("created", "running", "paused", "restarting", "removing", "exited", "dead");
    private static final Set<String> HEALTHS = Set.of("none", "starting", "healthy", "unhealthy");

    private final Filters filters;
    private final ImageNames images;
    private final Function<ContainerRecord, Optional<Health>> health;
    private final Optional<Instant> before;
    private final Optional<Instant> since;

    private ContainerFilter(
            Filters filters,
            ImageNames images,
            Function<ContainerRecord, Optional<Health>> health,
            Optional<Instant> before,
            Optional<Instant> since) {
        this.filters = filters;
        this.images = images;
        this.health = health;
        this.before = before;
        this.since = since;
    }

    static ContainerFilter of(
            Filters filters,
            ContainerService containers,
            ImageNames images,
            Function<ContainerRecord, Optional<Health>> health) {
        requireAmong(filters, "status", STATUSES);
        requireAmong(filters, "health", HEALTHS);
        filters.get("exited").forEach(ContainerFilter::requireNumber);
        filters.flag("is-task", false);
        Function<String, Optional<Instant>> creation = key -> filters.get(key).stream()
                .findFirst()
                .map(reference -> containers.get(reference).createdAt());
        return new ContainerFilter(filters, images, health, creation.apply("before"), creation.apply("since"));
    }

    private static void requireAmong(Filters filters, String key, Set<String> known) {
        for (String value : filters.get(key)) {
            if (!known.contains(value)) {
                // compat: docker's text
                throw EngineException.invalid("invalid filter '" + key + "=" + value + "'");
            }
        }
    }

    private static void requireNumber(String text) {
        try {
            Integer.parseInt(text);
        } catch (NumberFormatException e) {
            throw new EngineException(EngineException.Kind.INVALID, "invalid filter 'exited=" + text + "'", e);
        }
    }

    /** Whether the filter itself picks states, so that the list is not narrowed to running containers. */
    boolean saysWhichStates() {
        return filters.has("status") || filters.has("exited");
    }

    boolean matches(ContainerRecord record) {
        return identity(record) && state(record) && time(record) && network(record) && origin(record);
    }

    private boolean identity(ContainerRecord record) {
        boolean id = !filters.has("id")
                || filters.get("id").stream().anyMatch(v -> record.id().value().startsWith(v));
        boolean name = filters.matchesPart("name", "/" + record.name()) || filters.matchesPart("name", record.name());
        return id && name && filters.matchesLabels("label", record.config().labels());
    }

    private boolean state(ContainerRecord record) {
        boolean status = filters.matchesExactly("status", ContainerViews.stateName(record));
        boolean exited = !filters.has("exited")
                || (record.state().status() == Status.EXITED
                        && filters.matchesExactly(
                                "exited", Integer.toString(record.state().exitCode())));
        return status
                && exited
                && filters.matchesExactly("health", healthName(record))
                && !filters.flag("is-task", false);
    }

    private String healthName(ContainerRecord record) {
        return health.apply(record).map(h -> h.status().text()).orElse("none");
    }

    private boolean time(ContainerRecord record) {
        return before.filter(at -> !record.createdAt().isBefore(at)).isEmpty()
                && since.filter(at -> !record.createdAt().isAfter(at)).isEmpty();
    }

    private boolean network(ContainerRecord record) {
        return filters.matchesExactly("network", record.host().network().text())
                && anyPort("publish", publishedPorts(record))
                && anyPort("expose", record.config().exposedPorts().stream());
    }

    private boolean anyPort(String key, Stream<Port> ports) {
        return !filters.has(key)
                || ports.anyMatch(port -> filters.get(key).stream()
                        .anyMatch(wanted -> PortsReader.port(wanted).equals(port)));
    }

    private static Stream<Port> publishedPorts(ContainerRecord record) {
        return Stream.concat(
                record.host().ports().stream().map(PortRequest::containerPort),
                record.state().endpoints().stream()
                        .flatMap(e -> e.ports().stream())
                        .map(PublishedPort::containerPort));
    }

    private boolean origin(ContainerRecord record) {
        boolean ancestor = !filters.has("ancestor")
                || filters.get("ancestor").stream().anyMatch(image -> images.isAncestor(image, record));
        boolean volume = !filters.has("volume")
                || record.mounts().stream()
                        .flatMap(m -> Stream.of(m.destination(), m.volumeName().orElse(m.source())))
                        .anyMatch(filters.get("volume")::contains);
        return ancestor && volume;
    }
}
