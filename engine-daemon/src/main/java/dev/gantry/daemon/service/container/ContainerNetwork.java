package dev.gantry.daemon.service.container;

import dev.gantry.daemon.network.Endpoint;
import dev.gantry.daemon.network.EndpointRequest;
import dev.gantry.daemon.network.NetworkController;
import dev.gantry.daemon.network.Port;
import dev.gantry.daemon.network.PortRequest;
import dev.gantry.daemon.network.Sandbox;
import dev.gantry.daemon.type.ContainerId;
import dev.gantry.daemon.type.EngineException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;

/** Gives containers their network: a sandbox of their own, connected or not, or another's. */
final class ContainerNetwork {

    private static final Logger LOG = System.getLogger(ContainerNetwork.class.getName());
    private static final String BRIDGE = "bridge";

    private final NetworkController controller;
    private final ContainerDirectories directories;
    private final RandomGenerator randomness;
    private final Links links;

    ContainerNetwork(
            NetworkController controller, ContainerDirectories directories, RandomGenerator randomness, Links links) {
        this.links = links;
        this.controller = controller;
        this.directories = directories;
        this.randomness = randomness;
    }

    /** Makes the container's sandbox; absent where it uses another's. The sandbox is named after the container. */
    Optional<Sandbox> createSandbox(ContainerRecord record) {
        NetworkMode mode = record.host().network();
        if (mode instanceof NetworkMode.Host || mode instanceof NetworkMode.Shared) {
            return Optional.empty();
        }
        return Optional.of(controller.createSandbox(record.id().value()));
    }

    void deleteSandbox(String sandboxId) {
        controller.deleteSandbox(sandboxId);
    }

    /** Connects a sandbox as the container's network mode says, publishing its ports. */
    List<Endpoint> connect(ContainerRecord record, Optional<Sandbox> sandbox) {
        if (sandbox.isEmpty() || !(record.host().network() instanceof NetworkMode.Bridge)) {
            return List.of();
        }
        EndpointRequest request = new EndpointRequest(
                ContainerId.random(randomness).value(),
                sandbox.get().id(),
                BRIDGE,
                Optional.empty(),
                record.host().macAddress(),
                published(record));
        return List.of(controller.connect(request));
    }

    private static List<PortRequest> published(ContainerRecord record) {
        List<PortRequest> ports = new ArrayList<>(record.host().ports());
        if (record.host().publishAllPorts()) {
            for (Port exposed : record.config().exposedPorts()) {
                if (ports.stream().noneMatch(p -> p.containerPort().equals(exposed))) {
                    ports.add(new PortRequest(exposed, Optional.empty(), 0, 0));
                }
            }
        }
        return ports;
    }

    /** How containers know each other. */
    Links links() {
        return links;
    }

    /** Tells the containers that are linked to one of its address, which has come with its start. */
    void announce(ContainerRecord started) {
        Optional<String> address =
                started.state().endpoints().stream().map(Endpoint::address).findFirst();
        if (address.isEmpty()) {
            return;
        }
        for (Container dependent : links.dependents(started)) {
            EtcFiles etc = directories.etc(dependent.id());
            try {
                links.namesOf(started, dependent.record()).forEach(names -> etc.replaceAddress(names, address.get()));
            } catch (EngineException e) {
                // the container that started runs all the same; the other one finds it again at its next start
                LOG.log(
                        Level.WARNING,
                        "linked container not told of an address container={0} target={1} reason={2}",
                        dependent.id().shortForm(),
                        started.id().shortForm(),
                        e.getMessage());
            }
        }
    }

    void disconnect(Endpoint endpoint) {
        controller.disconnect(endpoint);
    }

    String idOf(Endpoint endpoint) {
        if (!endpoint.network().equals(BRIDGE)) {
            throw EngineException.notFound("network " + endpoint.network() + " not found");
        }
        return controller.defaultBridge().id();
    }

    /** Writes the files that must be there before the container is created, as it mounts them. */
    void prepareFiles(ContainerRecord record) {
        EtcFiles etc = directories.etc(record.id());
        etc.writeHostname(record.config().hostname());
        boolean ownNetwork = !(record.host().network() instanceof NetworkMode.Host);
        etc.writeResolvConf(record.host().names(), ownNetwork);
        writeNames(record, List.of());
    }

    /** Writes the files by which the container knows its names, now that its address is known. */
    void writeNames(ContainerRecord record, List<Endpoint> endpoints) {
        EtcFiles etc = directories.etc(record.id());
        HostSettings.NameResolution names = record.host().names();
        List<String> extra = Stream.concat(names.extraHosts().stream(), links.hosts(record).stream())
                .map(line -> line.endsWith(":host-gateway")
                        ? line.replace(
                                ":host-gateway",
                                ":" + controller.defaultBridge().gateway())
                        : line)
                .toList();
        ContainerConfig config = record.config();
        String known = config.domainname().isEmpty()
                ? config.hostname()
                : config.hostname() + "." + config.domainname() + " " + config.hostname();
        if (record.host().network() instanceof NetworkMode.Host) {
            etc.copyHostHosts(extra);
        } else {
            etc.writeHosts(endpoints.stream().map(Endpoint::address).findFirst(), known, extra);
        }
    }
}
