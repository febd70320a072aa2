package dev.gantry.daemon.network;

import dev.gantry.daemon.linux.netlink.Link;
import dev.gantry.daemon.linux.netlink.LinkAddress;
import dev.gantry.daemon.linux.netlink.RouteRequests;
import dev.gantry.daemon.linux.netlink.RouteSocket;
import dev.gantry.daemon.type.EngineException;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The bridge as it stands on the host.
 *
 * @param index of the interface
 * @param gateway its address
 * @param subnet its network
 */
record HostBridge(int index, Ipv4Address gateway, Subnet subnet) {

    private static final int ATTEMPTS = 8;

    /**
     * Brings the bridge up as configured. An address it has already is kept, unless another one is configured, so that
     * the network stays the same as long as the bridge exists.
     *
     * @throws EngineException (unavailable) when no subnet is free
     */
    static HostBridge ensure(RouteSocket routes, BridgeConfiguration configuration) {
        String name = configuration.bridge();
        Optional<Link> existing = routes.link(name);
        if (existing.isEmpty()) {
            routes.execute(RouteRequests.createBridge(name, Hashes.mac(name), configuration.mtu()));
        }
        Link link = routes.link(name)
                .orElseThrow(() -> EngineException.unavailable("The bridge " + name + " vanished while it was made"));
        // Before it has an address, so that nothing reaches the host's loopback by it even for a moment.
        Sysctl.ofInterface(name, "route_localnet").set("1");
        Sysctl.ofInterface6(name, "disable_ipv6").setIfPresent("1");
        if (!link.isUp()) {
            routes.execute(RouteRequests.setUp(link.index()));
        }
        Sysctl forwarding = new Sysctl("net/ipv4/ip_forward");
        if (forwarding.get().equals("0")) {
            forwarding.set("1");
        }
        LinkAddress address = address(routes, configuration, link.index());
        Ipv4Address gateway = Ipv4Address.of(address.address());
        return new HostBridge(link.index(), gateway, new Subnet(gateway, address.prefixLength()));
    }

    private static LinkAddress address(RouteSocket routes, BridgeConfiguration configuration, int index) {
        List<LinkAddress> present = routes.addresses().stream()
                .filter(address -> address.linkIndex() == index)
                .toList();
        if (configuration.bip().isEmpty()) {
            return present.isEmpty() ? chooseAddress(routes, configuration, index) : present.get(0);
        }
        LinkAddress wanted = parse(configuration.bip().get(), index);
        if (!present.contains(wanted)) {
            present.forEach(other -> routes.execute(RouteRequests.deleteAddress(other)));
            routes.execute(RouteRequests.addAddress(wanted));
        }
        return wanted;
    }

    private static LinkAddress chooseAddress(RouteSocket routes, BridgeConfiguration configuration, int index) {
        SubnetChooser chooser = new SubnetChooser(configuration.pools());
        for (int attempt = 1; ; attempt++) {
            Subnet subnet = chooser.choose(used(routes, index, Integer.MAX_VALUE));
            LinkAddress chosen = new LinkAddress(index, subnet.address(1).toInetAddress(), subnet.prefixLength());
            routes.execute(RouteRequests.addAddress(chosen));
            // Another daemon may have chosen the same at the same time: the younger bridge gives way.
            if (attempt == ATTEMPTS || used(routes, index, index).stream().noneMatch(subnet::overlaps)) {
                return chosen;
            }
            routes.execute(RouteRequests.deleteAddress(chosen));
        }
    }

    /** The subnets of other interfaces with an index below the limit. */
    private static List<Subnet> used(RouteSocket routes, int own, int limit) {
        Stream<Subnet> routed = routes.routes().stream()
                .filter(route -> route.prefixLength() > 0 && route.linkIndex() != own && route.linkIndex() < limit)
                .map(route -> new Subnet(Ipv4Address.of(route.destination()), route.prefixLength()));
        Stream<Subnet> assigned = routes.addresses().stream()
                .filter(address -> address.linkIndex() != own && address.linkIndex() < limit)
                .map(address -> new Subnet(Ipv4Address.of(address.address()), address.prefixLength()));
        return Stream.concat(routed, assigned).distinct().toList();
    }

    private static LinkAddress parse(String bip, int index) {
        Ipv4Address address = Ipv4Address.parse(bip.substring(0, bip.indexOf('/')));
        return new LinkAddress(index, address.toInetAddress(), Subnet.parse(bip).prefixLength());
    }
}
