package dev.gantry.daemon.api.docker.container;

import dev.gantry.api.EndpointSettings;
import dev.gantry.api.NetworkSettings;
import dev.gantry.api.PortBinding;
import dev.gantry.daemon.network.BridgeNetwork;
import dev.gantry.daemon.network.Endpoint;
import dev.gantry.daemon.network.Port;
import dev.gantry.daemon.network.PublishedPort;
import dev.gantry.daemon.service.container.ContainerRecord;
import dev.gantry.daemon.service.container.NetworkMode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Shows a container's connections as the Engine API does. */
final class NetworkViews {

    private final Supplier<BridgeNetwork> bridge;
    private final Path sandboxes;

    NetworkViews(Supplier<BridgeNetwork> bridge, Path sandboxes) {
        this.bridge = bridge;
        this.sandboxes = sandboxes;
    }

    /** The container's networks by name; without addresses where it does not run. */
    Map<String, EndpointSettings> endpoints(ContainerRecord record) {
        NetworkMode mode = record.host().network();
        if (mode instanceof NetworkMode.Shared) {
            return Map.of();
        }
        Optional<Endpoint> endpoint = record.state().endpoints().stream().findFirst();
        return Map.of(mode.text(), endpoint.map(this::settings).orElse(EndpointSettings.EMPTY));
    }

    private EndpointSettings settings(Endpoint endpoint) {
        return EndpointSettings.EMPTY.toBuilder()
                .networkId(bridge.get().id())
                .endpointId(endpoint.endpointId())
                .macAddress(endpoint.macAddress())
                .gateway(endpoint.gateway())
                .ipAddress(endpoint.address())
                .ipPrefixLen(endpoint.prefixLength())
                .build();
    }

    NetworkSettings settings(ContainerRecord record) {
        var settings =
                NetworkSettings.EMPTY.toBuilder().networks(endpoints(record)).ports(ports(record));
        record.state()
                .sandboxId()
                .ifPresent(id ->
                        settings.sandboxId(id).sandboxKey(sandboxes.resolve(id).toString()));
        record.state().endpoints().stream()
                .findFirst()
                .ifPresent(e -> settings.endpointId(e.endpointId())
                        .gateway(e.gateway())
                        .ipAddress(e.address())
                        .ipPrefixLen(e.prefixLength())
                        .macAddress(e.macAddress()));
        return settings.build();
    }

    /** Where each port can be reached; null for one that is exposed and not published. */
    private static Map<String, @Nullable List<PortBinding>> ports(ContainerRecord record) {
        Map<String, @Nullable List<PortBinding>> ports = new TreeMap<>();
        if (!record.state().running()) {
            return ports;
        }
        for (Port exposed : record.config().exposedPorts()) {
            ports.put(exposed.toString(), null);
        }
        for (Endpoint endpoint : record.state().endpoints()) {
            for (PublishedPort published : endpoint.ports()) {
                String key = published.containerPort().toString();
                List<PortBinding> bindings = ports.get(key);
                if (bindings == null) {
                    bindings = new ArrayList<>();
                    ports.put(key, bindings);
                }
                bindings.add(new PortBinding(published.hostAddress(), Integer.toString(published.hostPort())));
            }
        }
        return ports;
    }
}
