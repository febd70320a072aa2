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
import java.util.List;
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

    private final NetworkViews networks;
    private final List<PortFilter> published;
    private final List<PortFilter> exposed;

    private ContainerFilter(
            Filters filters,
            ImageNames images,
            NetworkViews networks,
            Function<ContainerRecord, Optional<Health>> health,
            Optional<Instant> before,
            Optional<Instant> since) {
        this.filters = filters;
        this.images = images;
        this.networks = networks;
        this.published = ports(filters, "publish");
        this.exposed = ports(filters, "expose");
        this.health = health;
        this.before = before;
        this.since = since;
    }

    static ContainerFilter of(
            Filters filters,
            ContainerService containers,
            ImageNames images,
            NetworkViews networks,
            Function<ContainerRecord, Optional<Health>> health) {
        // compat: docker's texts
        requireAmong(filters, "status", STATUSES, "invalid filter 'status=%s'");
        requireAmong(filters, "health", HEALTHS, "unrecognized filter value for health: %s");
        filters.get("exited").forEach(ContainerFilter::requireNumber);
        filters.flag("is-task", false);
        Function<String, Optional<Instant>> creation = key -> filters.get(key).stream()
                .findFirst()
                .map(reference -> containers.get(reference).createdAt());
        return new ContainerFilter(
                filters, images, networks, health, creation.apply("before"), creation.apply("since"));
    }

    private static void requireAmong(Filters filters, String key, Set<String> known, String message) {
        for (String value : filters.get(key)) {
            if (!known.contains(value)) {
                throw EngineException.invalid(String.format(message, value));
            }
        }
    }

    private static List<PortFilter> ports(Filters filters, String key) {
        return filters.get(key).stream()
                .map(text -> PortFilter.parse(key, text))
                .toList();
    }

    private static void requireNumber(String text) {
        try {
            Integer.parseInt(text);
        } catch (NumberFormatException e) {
            // compat: docker's text, with that of Go's strconv in it
            String reason = "strconv.Atoi: parsing \"" + text + "\": invalid syntax";
            throw new EngineException(
                    EngineException.Kind.INVALID, "invalid filter 'exited=" + text + "': " + reason, e);
        }
    }

    /** Whether the filter itself picks states, so that the list is not narrowed to running containers. */
    boolean saysWhichStates() {
        return filters.has("status");
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
        return joined(record)
                && anyPort(published, publishedPorts(record))
                && anyPort(exposed, record.config().exposedPorts().stream());
    }

    /** By the name of a network or its id. */
    private boolean joined(ContainerRecord record) {
        if (!filters.has("network")) {
            return true;
        }
        Set<String> wanted = filters.get("network");
        return networks.endpoints(record).entrySet().stream()
                .anyMatch(e -> wanted.contains(e.getKey())
                        || wanted.contains(e.getValue().networkId()));
    }

    private static boolean anyPort(List<PortFilter> wanted, Stream<Port> ports) {
        return wanted.isEmpty() || ports.anyMatch(port -> wanted.stream().anyMatch(filter -> filter.matches(port)));
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
