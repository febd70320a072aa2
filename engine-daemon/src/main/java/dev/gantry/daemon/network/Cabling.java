package dev.gantry.daemon.network;

import dev.gantry.daemon.linux.Errno;
import dev.gantry.daemon.linux.Fd;
import dev.gantry.daemon.linux.LinuxException;
import dev.gantry.daemon.linux.netlink.Link;
import dev.gantry.daemon.linux.netlink.LinkAddress;
import dev.gantry.daemon.linux.netlink.MacAddress;
import dev.gantry.daemon.linux.netlink.NetlinkRequest;
import dev.gantry.daemon.linux.netlink.RouteRequests;
import dev.gantry.daemon.linux.netlink.RouteSocket;
import dev.gantry.daemon.linux.netlink.VethPair;
import dev.gantry.daemon.type.EngineException;
import java.util.Collection;
import java.util.Set;
import java.util.stream.Collectors;

/** Makes the interfaces of endpoints and removes them. Safe for use by many threads. */
final class Cabling implements AutoCloseable {

    private final RouteSocket routes;
    private final BridgeConfiguration configuration;
    private final HostBridge bridge;
    private final BackgroundWork background;
    private final RouteSocket backgroundRoutes = RouteSocket.open();

    /** Borrows the socket and the thread. */
    Cabling(RouteSocket routes, BridgeConfiguration configuration, HostBridge bridge, BackgroundWork background) {
        this.routes = routes;
        this.configuration = configuration;
        this.bridge = bridge;
        this.background = background;
    }

    /** Makes the pair and configures the end inside. What an attempt that fails has made is removed. */
    void plug(Endpoint endpoint, SandboxState sandbox) {
        try (Fd namespace = sandbox.namespace().open()) {
            create(new VethPair(
                    endpoint.hostInterface(),
                    Hashes.mac(endpoint.endpointId()),
                    bridge.index(),
                    endpoint.interfaceName(),
                    MacAddress.parse(endpoint.macAddress()),
                    namespace,
                    configuration.mtu()));
        }
        try (RouteSocket inside = sandbox.openSocket()) {
            configure(endpoint, inside);
        } catch (RuntimeException e) {
            unplug(endpoint);
            throw e;
        }
    }

    /** Removes the pair soon. */
    void unplug(Endpoint endpoint) {
        deleteSoon(endpoint.hostInterface());
    }

    /** Removes the interfaces of this daemon that none of these endpoints uses, soon. */
    void removeAllBut(Collection<Endpoint> live) {
        Set<String> kept = live.stream().map(Endpoint::hostInterface).collect(Collectors.toSet());
        routes.links().stream()
                .map(Link::name)
                .filter(name -> name.startsWith(configuration.interfacePrefix()) && !kept.contains(name))
                .forEach(this::deleteSoon);
    }

    /** Call when the background work is done. */
    @Override
    public void close() {
        backgroundRoutes.close();
    }

    private void deleteSoon(String name) {
        background.run("delete interface " + name, () -> {
            try {
                backgroundRoutes.execute(RouteRequests.deleteLink(name));
            } catch (LinuxException e) {
                // It can be gone already, with its namespace.
                if (!e.is(Errno.ENODEV)) {
                    throw e;
                }
            }
        });
    }

    private void create(VethPair pair) {
        NetlinkRequest[] requests = {RouteRequests.createVeth(pair), RouteRequests.hairpin(pair.name())};
        try {
            routes.execute(requests);
        } catch (LinuxException e) {
            if (!e.is(Errno.EEXIST)) {
                throw e;
            }
            // The same endpoint was taken down a moment ago and its interface is on its way out.
            deleteSoon(pair.name());
            background.drain();
            routes.execute(requests);
        }
    }

    private void configure(Endpoint endpoint, RouteSocket inside) {
        Link link = inside.link(endpoint.interfaceName())
                .orElseThrow(() -> EngineException.unavailable(
                        "The interface " + endpoint.interfaceName() + " vanished from its sandbox"));
        inside.execute(
                RouteRequests.setUp(link.index()),
                RouteRequests.addAddress(new LinkAddress(
                        link.index(), Ipv4Address.parse(endpoint.address()).toInetAddress(), endpoint.prefixLength())),
                RouteRequests.addDefaultRoute(bridge.gateway().toInetAddress()));
    }
}
