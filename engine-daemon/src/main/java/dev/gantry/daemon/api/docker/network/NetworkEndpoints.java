package dev.gantry.daemon.api.docker.network;

import dev.gantry.api.ConfigReference;
import dev.gantry.api.Ipam;
import dev.gantry.api.IpamConfig;
import dev.gantry.api.Network;
import dev.gantry.api.NetworkContainer;
import dev.gantry.daemon.api.wire.Endpoints;
import dev.gantry.daemon.api.wire.Exchange;
import dev.gantry.daemon.api.wire.Filters;
import dev.gantry.daemon.api.wire.Router;
import dev.gantry.daemon.network.BridgeNetwork;
import dev.gantry.daemon.network.Endpoint;
import dev.gantry.daemon.network.NetworkController;
import dev.gantry.daemon.service.container.ContainerRecord;
import dev.gantry.daemon.service.container.ContainerService;
import dev.gantry.daemon.type.EngineException;
import dev.gantry.registry.Digest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;

/** The operations on networks, as far as they concern the predefined ones: bridge, host and none. */
public final class NetworkEndpoints implements Endpoints {

    private static final Set<String> FILTERS = Set.of("dangling", "driver", "id", "label", "name", "scope", "type");

    private final NetworkController networks;
    private final ContainerService containers;
    private final Instant started;

    /** @param started when the engine was; the predefined networks are as old as it */
    public NetworkEndpoints(NetworkController networks, ContainerService containers, Instant started) {
        this.networks = networks;
        this.containers = containers;
        this.started = started;
    }

    @Override
    public void register(Router router) {
        router.get("/networks", this::list).get("/networks/{id}", this::inspect).delete("/networks/{id}", this::remove);
    }

    private void list(Exchange exchange) throws IOException {
        Filters filters = exchange.query().filters(FILTERS);
        exchange.json(200, all(false).stream().filter(n -> matches(filters, n)).toList());
    }

    private static boolean matches(Filters filters, Network network) {
        boolean type = !filters.has("type") || filters.get("type").contains("builtin");
        boolean id = !filters.has("id") || filters.get("id").stream().anyMatch(network.id()::startsWith);
        return type
                && id
                && !filters.flag("dangling", false)
                && filters.matchesExactly("driver", network.driver())
                && filters.matchesLabels("label", network.labels())
                && filters.matchesPart("name", network.name())
                && filters.matchesExactly("scope", network.scope());
    }

    private void inspect(Exchange exchange) throws IOException {
        exchange.json(200, find(exchange.variable("id")));
    }

    private void remove(Exchange exchange) {
        Network network = find(exchange.variable("id"));
        // compat: docker's text
        throw EngineException.forbidden(network.name() + " is a pre-defined network and cannot be removed");
    }

    /** Finds a network by full id, full name, then unique prefix of its id. */
    private Network find(String reference) {
        List<Network> all = all(true);
        return first(all, n -> n.id().equals(reference))
                .or(() -> first(all, n -> n.name().equals(reference)))
                .or(() -> first(all, n -> !reference.isEmpty() && n.id().startsWith(reference)))
                // compat: docker's text
                .orElseThrow(() -> EngineException.notFound("network " + reference + " not found"));
    }

    private static java.util.Optional<Network> first(List<Network> networks, Predicate<Network> test) {
        return networks.stream().filter(test).findFirst();
    }

    private List<Network> all(boolean withContainers) {
        return List.of(bridge(withContainers), predefined("host"), predefined("none"));
    }

    private Network bridge(boolean withContainers) {
        BridgeNetwork bridge = networks.defaultBridge();
        Map<String, String> options = Map.of(
                "com.docker.network.bridge.default_bridge", "true",
                "com.docker.network.bridge.enable_icc", "true",
                "com.docker.network.bridge.enable_ip_masquerade", "true",
                "com.docker.network.bridge.host_binding_ipv4", "0.0.0.0",
                "com.docker.network.bridge.name", bridge.bridge(),
                "com.docker.network.driver.mtu", Integer.toString(bridge.mtu()));
        Ipam ipam =
                new Ipam("default", Map.of(), List.of(new IpamConfig(bridge.subnet(), "", bridge.gateway(), Map.of())));
        return network(bridge.name(), bridge.id(), "bridge", ipam, withContainers ? connected() : Map.of(), options);
    }

    private Map<String, NetworkContainer> connected() {
        Map<String, NetworkContainer> connected = new TreeMap<>();
        for (ContainerRecord record : containers.list()) {
            for (Endpoint endpoint : record.state().endpoints()) {
                connected.put(
                        record.id().value(),
                        new NetworkContainer(
                                record.name(),
                                endpoint.endpointId(),
                                endpoint.macAddress(),
                                endpoint.address() + "/" + endpoint.prefixLength(),
                                ""));
            }
        }
        return connected;
    }

    private Network predefined(String name) {
        String id = Digest.sha256(("predefined network " + name).getBytes(StandardCharsets.UTF_8))
                .hex();
        String driver = name.equals("none") ? "null" : name;
        return network(name, id, driver, new Ipam("default", Map.of(), List.of()), Map.of(), Map.of());
    }

    private Network network(
            String name,
            String id,
            String driver,
            Ipam ipam,
            Map<String, NetworkContainer> connected,
            Map<String, String> options) {
        return new Network(
                name,
                id,
                started.toString(),
                "local",
                driver,
                true,
                false,
                ipam,
                false,
                false,
                false,
                new ConfigReference(""),
                false,
                connected,
                options,
                Map.of());
    }
}
