package dev.gantry.daemon.network;

import static dev.gantry.daemon.network.TestHost.HOST_ON_LAN;
import static dev.gantry.daemon.network.TestHost.NEIGHBOUR;
import static dev.gantry.daemon.network.TestHost.inside;
import static dev.gantry.daemon.network.TestHost.port;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.gantry.daemon.linux.namespace.NetworkNamespace;
import dev.gantry.daemon.linux.netlink.RouteSocket;
import dev.gantry.daemon.linux.nftables.Nftables;
import dev.gantry.daemon.type.EngineException;
import java.io.IOException;
import java.net.BindException;
import java.net.NetworkInterface;
import java.net.ServerSocket;
import java.net.StandardProtocolFamily;
import java.nio.channels.DatagramChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BridgeControllerIntegrationTests {

    @TempDir
    private Path root;

    private TestHost host;
    private final TestTraffic traffic = new TestTraffic();

    @BeforeAll
    static void needsRoot() {
        assumeTrue(TestHost.mayChangeNetworks(), "needs root: makes bridges, namespaces and packet filters");
    }

    @BeforeEach
    void start() {
        host = new TestHost(root);
    }

    @AfterEach
    void stop() throws Exception {
        traffic.close();
        host.close();
    }

    @Test
    void sandboxHasLoopbackAndLeavesNothing() {
        Sandbox sandbox = host.sandbox();
        boolean up = inside(sandbox).call(() -> NetworkInterface.getByName("lo").isUp());
        assertThat(up).isTrue();
        host.controller.deleteSandbox(sandbox.id());
        host.controller.deleteSandbox(sandbox.id());
        host.assertNothingLeft();
    }

    @Test
    void endpointHasAddressMacAndRoute() {
        Sandbox sandbox = host.sandbox();
        Endpoint endpoint = host.connect(sandbox);
        BridgeNetwork network = host.controller.defaultBridge();
        assertThat(endpoint.gateway()).isEqualTo(network.gateway());
        assertThat(Subnet.parse(network.subnet()).contains(Ipv4Address.parse(endpoint.address())))
                .isTrue();
        assertThat(endpoint.macAddress()).startsWith("02:42:");
        try (RouteSocket routes = inside(sandbox).call(RouteSocket::open)) {
            assertThat(routes.link("eth0")).hasValueSatisfying(link -> {
                assertThat(link.isUp()).isTrue();
                assertThat(link.mtu()).isEqualTo(network.mtu());
            });
            assertThat(routes.addresses())
                    .anyMatch(address -> address.address().getHostAddress().equals(endpoint.address())
                            && address.prefixLength() == endpoint.prefixLength());
            assertThat(routes.routes()).anyMatch(route -> route.prefixLength() == 0);
        }
    }

    @Test
    void sandboxesReachEachOther() {
        Sandbox server = host.sandbox();
        Sandbox client = host.sandbox();
        Endpoint served = host.connect(server);
        Endpoint calling = host.connect(client);
        traffic.serveTcp(inside(server), 80);
        traffic.serveUdp(inside(server), 53);
        assertThat(inside(client).<String>call(() -> TestTraffic.callTcp(served.address(), 80)))
                .isEqualTo(calling.address());
        assertThat(inside(client).<String>call(() -> TestTraffic.callUdp(served.address(), 53)))
                .isEqualTo(calling.address());
    }

    @Test
    void publishedPortsAnswerOnLoopbackGatewayAndLan() throws IOException {
        Sandbox sandbox = host.sandbox();
        Endpoint endpoint = host.connect(sandbox, port("80/tcp", "0.0.0.0", 0), port("53/udp", "", 0));
        traffic.serveTcp(inside(sandbox), 80);
        traffic.serveUdp(inside(sandbox), 53);
        int tcp = endpoint.ports().get(0).hostPort();
        int udp = endpoint.ports().get(1).hostPort();
        for (String address : List.of("127.0.0.1", endpoint.gateway(), HOST_ON_LAN)) {
            host.neighbour();
            assertThat(TestTraffic.callTcp(address, tcp)).as(address).isNotEmpty();
            assertThat(TestTraffic.callUdp(address, udp)).as(address).isNotEmpty();
        }
        assertThat(host.neighbour().<String>call(() -> TestTraffic.callTcp(HOST_ON_LAN, tcp)))
                .isEqualTo(NEIGHBOUR);
        assertThat(host.neighbour().<String>call(() -> TestTraffic.callUdp(HOST_ON_LAN, udp)))
                .isEqualTo(NEIGHBOUR);
    }

    @Test
    void containersReachPublishedPortsOfOthersAndOfThemselves() {
        Sandbox server = host.sandbox();
        Sandbox client = host.sandbox();
        Endpoint served = host.connect(server, port("80/tcp", "", 0));
        host.connect(client);
        traffic.serveTcp(inside(server), 80);
        int tcp = served.ports().get(0).hostPort();
        assertThat(inside(client).<Boolean>call(() -> TestTraffic.reachesTcp(served.gateway(), tcp)))
                .isTrue();
        assertThat(inside(server).<Boolean>call(() -> TestTraffic.reachesTcp(served.gateway(), tcp)))
                .isTrue();
    }

    @Test
    void portPublishedOnOneAddressAnswersOnlyThere() throws IOException {
        host.neighbour();
        Sandbox sandbox = host.sandbox();
        Endpoint endpoint = host.connect(sandbox, port("80/tcp", HOST_ON_LAN, 0));
        traffic.serveTcp(inside(sandbox), 80);
        int tcp = endpoint.ports().get(0).hostPort();
        assertThat(TestTraffic.callTcp(HOST_ON_LAN, tcp)).isNotEmpty();
        assertThat(TestTraffic.reachesTcp("127.0.0.1", tcp)).isFalse();
        assertThat(TestTraffic.reachesTcp(endpoint.gateway(), tcp)).isFalse();
    }

    @Test
    void unpublishedPortsAreOutOfReachFromTheLan() throws IOException {
        Sandbox sandbox = host.sandbox();
        Endpoint endpoint = host.connect(sandbox, port("80/tcp", "127.0.0.1", 0));
        traffic.serveTcp(inside(sandbox), 80);
        traffic.serveUdp(inside(sandbox), 53);
        int local = endpoint.ports().get(0).hostPort();
        assertThat(TestTraffic.callTcp("127.0.0.1", local)).isNotEmpty();
        // The neighbour's default route is this host, so nothing but our rules keeps it out.
        assertThat(host.neighbour().<Boolean>call(() -> TestTraffic.reachesTcp(endpoint.address(), 80)))
                .isFalse();
        assertThat(host.neighbour().<Boolean>call(() -> TestTraffic.reachesUdp(endpoint.address(), 53)))
                .isFalse();
        assertThat(host.neighbour().<Boolean>call(() -> TestTraffic.reachesTcp(HOST_ON_LAN, local)))
                .isFalse();
    }

    @Test
    void loopbackOfTheHostIsOutOfReach() throws IOException {
        Sandbox sandbox = host.sandbox();
        Endpoint endpoint = host.connect(sandbox, port("80/tcp", "127.0.0.1", 0));
        traffic.serveTcp(inside(sandbox), 80);
        int local = endpoint.ports().get(0).hostPort();
        try (ServerSocket service = new ServerSocket()) {
            service.bind(TestTraffic.at("127.0.0.1", 0));
            routeLoopbackOut(inside(sandbox), "eth0");
            routeLoopbackOut(host.neighbour(), "lan0");
            Sysctl lan = Sysctl.ofInterface("gtlan0", "route_localnet");
            lan.set("1");
            assertThat(inside(sandbox).<Boolean>call(() -> TestTraffic.reachesTcp("127.0.0.1", service.getLocalPort())))
                    .isFalse();
            assertThat(host.neighbour().<Boolean>call(() -> TestTraffic.reachesTcp("127.0.0.1", local)))
                    .isFalse();
        }
    }

    /** Makes a namespace send packets for 127.0.0.1 to this host, as an attacker would. */
    private static void routeLoopbackOut(NetworkNamespace namespace, String link) {
        namespace.call(() -> {
            Sysctl.ofInterface(link, "route_localnet").set("1");
            Sysctl.ofInterface("all", "route_localnet").set("1");
            run("ip", "link", "set", "lo", "up");
            run("ip", "addr", "del", "127.0.0.1/8", "dev", "lo");
            String gateway = defaultGateway();
            run("ip", "route", "add", "127.0.0.1/32", "via", gateway, "dev", link);
            return true;
        });
    }

    private static String defaultGateway() throws IOException {
        return new String(
                        new ProcessBuilder("ip", "route", "show", "default")
                                .start()
                                .getInputStream()
                                .readAllBytes(),
                        StandardCharsets.UTF_8)
                .split(" ", -1)[2];
    }

    private static void run(String... command) throws IOException {
        try {
            int status = new ProcessBuilder(command).inheritIO().start().waitFor();
            assertThat(status).as(String.join(" ", command)).isZero();
        } catch (InterruptedException e) {
            throw new IOException(e);
        }
    }

    @Test
    void outboundTrafficComesFromTheHost() {
        traffic.serveTcp(host.neighbour(), 80);
        traffic.serveUdp(host.neighbour(), 53);
        Sandbox sandbox = host.sandbox();
        host.connect(sandbox);
        assertThat(inside(sandbox).<String>call(() -> TestTraffic.callTcp(NEIGHBOUR, 80)))
                .isEqualTo(HOST_ON_LAN);
        assertThat(inside(sandbox).<String>call(() -> TestTraffic.callUdp(NEIGHBOUR, 53)))
                .isEqualTo(HOST_ON_LAN);
    }

    @Test
    void takenPortsAreRefusedWithDockersTextsAndNothingIsLeft() throws IOException {
        Sandbox first = host.sandbox();
        Sandbox second = host.sandbox();
        int taken = host.connect(first, port("80/tcp", "", 0)).ports().get(0).hostPort();
        assertThatThrownBy(() -> host.connect(second, port("1/tcp", "", 0), port("80/tcp", "127.0.0.1", taken)))
                .isInstanceOf(EngineException.class)
                .hasMessageStartingWith("failed to set up container networking: driver failed programming external"
                        + " connectivity on endpoint ")
                .hasMessageEndingWith(": Bind for 127.0.0.1:" + taken + " failed: port is already allocated");
        try (ServerSocket foreign = new ServerSocket()) {
            foreign.bind(TestTraffic.at("0.0.0.0", 0));
            int port = foreign.getLocalPort();
            assertThatThrownBy(() -> host.connect(second, port("80/tcp", "", port)))
                    .hasMessageEndingWith(": listen tcp4 0.0.0.0:" + port + ": bind: address already in use");
            Endpoint next = host.controller.connect(new EndpointRequest(
                    TestHost.newId(),
                    second.id(),
                    "bridge",
                    Optional.empty(),
                    Optional.empty(),
                    List.of(new PortRequest(Port.parse("80"), Optional.empty(), port, port + 50))));
            assertThat(next.ports().get(0).hostPort()).isGreaterThan(port);
        }
        host.controller.deleteSandbox(first.id());
        host.controller.deleteSandbox(second.id());
        host.assertNothingLeft();
    }

    @Test
    void heldPortCannotBeTakenByAnotherProcess() {
        Endpoint endpoint = host.connect(host.sandbox(), port("80/tcp", "", 0), port("53/udp", "", 0));
        assertThatThrownBy(() -> {
                    try (ServerSocket foreign = new ServerSocket()) {
                        foreign.setReuseAddress(true);
                        foreign.bind(TestTraffic.at(
                                "0.0.0.0", endpoint.ports().get(0).hostPort()));
                    }
                })
                .isInstanceOf(BindException.class);
    }

    @Test
    void udpClientsFollowAPortThatIsPublishedLater() throws IOException {
        Sandbox sandbox = host.sandbox();
        traffic.serveUdp(inside(sandbox), 53);
        try (DatagramChannel client = DatagramChannel.open(StandardProtocolFamily.INET)) {
            client.bind(TestTraffic.at("127.0.0.1", 0));
            int port = 47_113;
            assertThatThrownBy(() -> TestTraffic.callUdp(client, "127.0.0.1", port, 100));
            Endpoint endpoint = host.connect(sandbox, port("53/udp", "", port));
            host.controller.drain();
            assertThat(TestTraffic.callUdp(client, "127.0.0.1", port, 2_000)).isNotEmpty();
            host.controller.disconnect(endpoint);
            host.controller.drain();
            assertThatThrownBy(() -> TestTraffic.callUdp(client, "127.0.0.1", port, 300));
        }
    }

    @Test
    void wishedAddressIsGivenOnce() {
        Sandbox sandbox = host.sandbox();
        Ipv4Address wish =
                Subnet.parse(host.controller.defaultBridge().subnet()).address(77);
        EndpointRequest request = new EndpointRequest(
                TestHost.newId(),
                sandbox.id(),
                "bridge",
                Optional.of(wish.toInetAddress()),
                Optional.of("02:42:00:00:00:77"),
                List.of());
        Endpoint endpoint = host.controller.connect(request);
        assertThat(endpoint.address()).isEqualTo(wish.toString());
        assertThat(endpoint.macAddress()).isEqualTo("02:42:00:00:00:77");
        assertThatThrownBy(() -> host.controller.connect(new EndpointRequest(
                        TestHost.newId(),
                        host.sandbox().id(),
                        "bridge",
                        request.address(),
                        Optional.empty(),
                        List.of())))
                .hasMessageContaining("Address already in use");
        host.controller.disconnect(endpoint);
        assertThat(host.controller.connect(request)).isEqualTo(endpoint);
    }

    @Test
    void twoHundredConnectionsLeaveNothing() {
        for (int i = 0; i < 200; i++) {
            Sandbox sandbox = host.sandbox();
            Endpoint endpoint = host.connect(sandbox, port("80/tcp", "", 0), port("53/udp", "127.0.0.1", 0));
            if (i % 2 == 0) {
                host.controller.disconnect(endpoint);
            }
            host.controller.deleteSandbox(sandbox.id());
        }
        host.assertNothingLeft();
    }

    @Test
    void liveEndpointsSurviveARestartAndTheRestIsRemoved() throws IOException {
        Sandbox living = host.sandbox();
        Endpoint kept = host.connect(living, port("80/tcp", "", 0));
        traffic.serveTcp(inside(living), 80);
        int port = kept.ports().get(0).hostPort();
        Sandbox stale = host.sandbox();
        Endpoint dropped = host.connect(stale, port("81/tcp", "", 0));

        host.controller.close();
        assertThat(TestTraffic.callTcp("127.0.0.1", port))
                .as("while no daemon runs")
                .isNotEmpty();
        BridgeNetwork before = host.controller.defaultBridge();
        host.restart(Map.of(living.id(), List.of(kept)));

        assertThat(host.controller.defaultBridge()).isEqualTo(before);
        host.controller.drain();
        assertThat(TestTraffic.callTcp("127.0.0.1", port)).isNotEmpty();
        assertThat(host.ourInterfaces()).containsExactly(kept.hostInterface());
        assertThat(host.pins()).containsExactly(living.path());
        assertThat(host.filter()).doesNotContain(". " + dropped.ports().get(0).hostPort() + " :");
        assertThatThrownBy(() -> host.connect(host.sandbox(), port("80/tcp", "", port)))
                .hasMessageContaining("port is already allocated");
        assertThat(host.connect(host.sandbox()).address()).isNotEqualTo(kept.address());
        host.controller.deleteSandbox(living.id());
    }

    @Test
    void whatAKilledDaemonLeftIsRemoved() throws Exception {
        host.controller.close();
        for (int round = 0; round < 3; round++) {
            Process victim = new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin", "java")
                                    .toString(),
                            "-cp",
                            System.getProperty("java.class.path"),
                            ChurningDaemon.class.getName(),
                            root.toString())
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
            try {
                // Each line is a connection; the kill meets the next one somewhere on its way.
                for (int line = 0; line < 5 + round; line++) {
                    assertThat(victim.inputReader(StandardCharsets.UTF_8).readLine())
                            .isNotNull();
                }
            } finally {
                victim.destroyForcibly();
            }
            assertThat(victim.waitFor(10, TimeUnit.SECONDS)).isTrue();
            host.restart(Map.of());
            host.assertNothingLeft();
            host.controller.close();
        }
        host.restart(Map.of());
    }

    @Test
    void filterComesBackAfterSomeoneFlushedIt() throws IOException {
        Sandbox first = host.sandbox();
        Endpoint endpoint = host.connect(first, port("80/tcp", "", 0));
        traffic.serveTcp(inside(first), 80);
        try (Nftables nftables = Nftables.open()) {
            nftables.run("delete table ip " + host.configuration.table());
        }
        host.connect(host.sandbox(), port("80/tcp", "", 0));
        assertThat(TestTraffic.callTcp("127.0.0.1", endpoint.ports().get(0).hostPort()))
                .isNotEmpty();
    }

    @Test
    void concurrentConnectionsGetDifferentAddressesAndPorts() throws Exception {
        List<Endpoint> endpoints = Collections.synchronizedList(new ArrayList<>());
        List<Thread> threads = new ArrayList<>();
        for (int t = 0; t < 4; t++) {
            Thread thread = new Thread(() -> {
                for (int i = 0; i < 10; i++) {
                    endpoints.add(host.connect(host.sandbox(), port("80/tcp", "", 0)));
                }
            });
            thread.start();
            threads.add(thread);
        }
        for (Thread thread : threads) {
            thread.join(30_000);
        }
        assertThat(endpoints).hasSize(40);
        assertThat(endpoints).extracting(Endpoint::address).doesNotHaveDuplicates();
        assertThat(endpoints)
                .extracting(endpoint -> endpoint.ports().get(0).hostPort())
                .doesNotHaveDuplicates();
    }
}
