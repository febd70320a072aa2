package dev.gantry.daemon.network;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gantry.daemon.linux.Fd;
import dev.gantry.daemon.linux.namespace.NetworkNamespace;
import dev.gantry.daemon.linux.netlink.Link;
import dev.gantry.daemon.linux.netlink.LinkAddress;
import dev.gantry.daemon.linux.netlink.RouteRequests;
import dev.gantry.daemon.linux.netlink.RouteSocket;
import dev.gantry.daemon.linux.netlink.VethPair;
import dev.gantry.daemon.linux.nftables.Nftables;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;

/** A daemon's network of its own on this host, and a neighbour on a "LAN" who is another namespace. Closing removes all. */
final class TestHost implements AutoCloseable {

    static final String HOST_ON_LAN = "198.51.100.1";
    static final String NEIGHBOUR = "198.51.100.2";
    private static final String LAN_LINK = "gtlan0";

    final BridgeConfiguration configuration;
    BridgeController controller;
    private final Path root;
    private Optional<NetworkNamespace> neighbour = Optional.empty();
    private final String forwarding = new Sysctl("net/ipv4/ip_forward").get();

    TestHost(Path root) {
        this.root = root;
        this.configuration = BridgeConfiguration.forRoots(root.resolve("data"), root.resolve("run"));
        this.controller = BridgeController.open(configuration);
        controller.reconcile(Map.of());
    }

    static boolean mayChangeNetworks() {
        return "root".equals(System.getProperty("user.name"))
                && Files.isWritable(Path.of("/proc/sys/net/ipv4/ip_forward"));
    }

    static String newId() {
        return Hashes.hex(UUID.randomUUID().toString());
    }

    void restart(Map<String, List<Endpoint>> live) {
        controller.close();
        controller = BridgeController.open(configuration);
        controller.reconcile(live);
    }

    Sandbox sandbox() {
        return controller.createSandbox(newId());
    }

    Endpoint connect(Sandbox sandbox, PortRequest... ports) {
        return controller.connect(new EndpointRequest(
                newId(), sandbox.id(), "bridge", Optional.empty(), Optional.empty(), List.of(ports)));
    }

    static PortRequest port(String containerPort, String hostAddress, int hostPort) {
        return new PortRequest(Port.parse(containerPort), Optional.of(hostAddress), hostPort, hostPort);
    }

    static NetworkNamespace inside(Sandbox sandbox) {
        return new NetworkNamespace(sandbox.path());
    }

    /** A namespace whose only way is by this host. */
    NetworkNamespace neighbour() {
        if (neighbour.isEmpty()) {
            neighbour = Optional.of(makeNeighbour());
        }
        return neighbour.get();
    }

    private NetworkNamespace makeNeighbour() {
        NetworkNamespace made = new NetworkNamespace(root.resolve("neighbour"));
        try (RouteSocket inside = made.create(RouteSocket::open);
                RouteSocket host = RouteSocket.open();
                Fd namespace = made.open()) {
            host.execute(RouteRequests.createVeth(
                    new VethPair(LAN_LINK, Hashes.mac("host"), 0, "lan0", Hashes.mac("neighbour"), namespace, 1500)));
            int outer = host.link(LAN_LINK).map(Link::index).orElseThrow();
            host.execute(RouteRequests.addAddress(
                    new LinkAddress(outer, Ipv4Address.parse(HOST_ON_LAN).toInetAddress(), 24)));
            int inner = inside.link("lan0").map(Link::index).orElseThrow();
            inside.execute(
                    RouteRequests.setUp(inner),
                    RouteRequests.addAddress(
                            new LinkAddress(inner, Ipv4Address.parse(NEIGHBOUR).toInetAddress(), 24)),
                    RouteRequests.addDefaultRoute(Ipv4Address.parse(HOST_ON_LAN).toInetAddress()));
        }
        return made;
    }

    List<String> ourInterfaces() {
        try (RouteSocket routes = RouteSocket.open()) {
            return routes.links().stream()
                    .map(Link::name)
                    .filter(name -> name.startsWith(configuration.interfacePrefix()))
                    .toList();
        }
    }

    List<Path> pins() {
        try (Stream<Path> files = Files.list(configuration.namespaces())) {
            return files.toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    String filter() {
        try (Nftables nftables = Nftables.open()) {
            return nftables.run("list table ip " + configuration.table());
        }
    }

    void assertNothingLeft() {
        controller.drain();
        assertThat(ourInterfaces()).isEmpty();
        assertThat(pins()).isEmpty();
        assertThat(filter()).doesNotContain("elements");
    }

    @Override
    public void close() {
        controller.reconcile(Map.of());
        controller.close();
        try (RouteSocket routes = RouteSocket.open();
                Nftables nftables = Nftables.open()) {
            if (neighbour.isPresent()) {
                routes.execute(RouteRequests.deleteLink(LAN_LINK));
                neighbour.get().unpin();
            }
            routes.execute(RouteRequests.deleteLink(configuration.bridge()));
            nftables.run("delete table ip " + configuration.table());
        }
        Sysctl setting = new Sysctl("net/ipv4/ip_forward");
        if (!setting.get().equals(forwarding)) {
            setting.set(forwarding);
        }
    }
}
