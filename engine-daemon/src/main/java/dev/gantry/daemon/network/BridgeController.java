package dev.gantry.daemon.network;

import dev.gantry.daemon.failpoint.Failpoint;
import dev.gantry.daemon.linux.namespace.NetworkNamespace;
import dev.gantry.daemon.linux.netlink.Link;
import dev.gantry.daemon.linux.netlink.MacAddress;
import dev.gantry.daemon.linux.netlink.RouteRequests;
import dev.gantry.daemon.linux.netlink.RouteSocket;
import dev.gantry.daemon.type.EngineException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Connects sandboxes by a bridge of the host, with one table of the packet filter. Closing it leaves everything that
 * containers use as it is. Safe for use by many threads.
 */
public final class BridgeController implements NetworkController, AutoCloseable {

    private static final String NETWORK = "bridge";
    private static final String LOOPBACK = "lo";
    private static final Pattern SANDBOX_ID = Pattern.compile("[A-Za-z0-9][A-Za-z0-9_.-]{0,127}");

    private final BridgeConfiguration configuration;
    private final RouteSocket routes;
    private final HostBridge bridge;
    private final AddressAllocator addresses;
    private final PortReservations ports;
    private final PacketFilter filter;
    private final BackgroundWork background = new BackgroundWork();
    private final StaleFlows flows;
    private final Cabling cabling;
    private final Map<String, SandboxState> sandboxes = new ConcurrentHashMap<>();
    private final Set<String> hostInterfaces = ConcurrentHashMap.newKeySet();
    private final AtomicBoolean closed = new AtomicBoolean();

    private BridgeController(BridgeConfiguration configuration, RouteSocket routes, HostBridge bridge) {
        this.configuration = configuration;
        this.routes = routes;
        this.bridge = bridge;
        this.addresses = new AddressAllocator(bridge.subnet(), bridge.gateway(), NETWORK);
        this.ports = new PortReservations(EphemeralRange.ofKernel());
        this.filter =
                new PacketFilter(new FilterScript(configuration.table(), configuration.bridge(), bridge.subnet()));
        this.flows = new StaleFlows(routes, background);
        this.cabling = new Cabling(routes, configuration, bridge, background);
    }

    /**
     * Brings the bridge up. Call {@link #reconcile} before anything else.
     *
     * @throws EngineException (unavailable) when no subnet is free
     * @throws dev.gantry.daemon.linux.LinuxException when the kernel refuses
     */
    public static BridgeController open(BridgeConfiguration configuration) {
        try {
            Files.createDirectories(configuration.namespaces());
        } catch (IOException e) {
            throw new UncheckedIOException("Tried to create " + configuration.namespaces(), e);
        }
        RouteSocket routes = RouteSocket.open();
        try {
            return new BridgeController(configuration, routes, HostBridge.ensure(routes, configuration));
        } catch (RuntimeException e) {
            routes.close();
            throw e;
        }
    }

    @Override
    public Sandbox createSandbox(String sandboxId) {
        NetworkNamespace namespace = namespace(sandboxId);
        if (sandboxes.containsKey(sandboxId)) {
            throw EngineException.conflict("The sandbox " + sandboxId + " exists already");
        }
        RouteSocket socket = namespace.create(BridgeController::prepareSandbox);
        sandboxes.put(sandboxId, new SandboxState(namespace, socket));
        return new Sandbox(sandboxId, namespace.pin());
    }

    @Override
    public void deleteSandbox(String sandboxId) {
        NetworkNamespace namespace = namespace(sandboxId);
        SandboxState state = sandboxes.remove(sandboxId);
        if (state != null) {
            synchronized (state) {
                state.markDeleted();
                for (Endpoint endpoint : state.endpoints()) {
                    state.remove(endpoint);
                    takeDown(endpoint);
                }
            }
        }
        namespace.unpin();
    }

    @Override
    public Endpoint connect(EndpointRequest request) {
        if (!request.network().equals(NETWORK)) {
            throw EngineException.notFound("network " + request.network() + " not found");
        }
        SandboxState state = sandboxes.get(request.sandboxId());
        if (state == null) {
            throw noSuchSandbox(request);
        }
        synchronized (state) {
            if (state.isDeleted()) {
                throw noSuchSandbox(request);
            }
            Ipv4Address address = request.address()
                    .map(wish -> addresses.take(Ipv4Address.of(wish)))
                    .orElseGet(addresses::takeAny);
            try {
                Endpoint endpoint = connect(request, state, address);
                state.add(endpoint);
                return endpoint;
            } catch (RuntimeException e) {
                addresses.release(address);
                throw e;
            }
        }
    }

    @Override
    public void disconnect(Endpoint endpoint) {
        SandboxState state = sandboxes.get(endpoint.sandboxId());
        if (state == null) {
            return;
        }
        synchronized (state) {
            if (state.remove(endpoint)) {
                takeDown(endpoint);
            }
        }
    }

    @Override
    public BridgeNetwork defaultBridge() {
        return new BridgeNetwork(
                Hashes.hex("network " + NETWORK + " " + configuration.bridge() + " " + configuration.execRoot()),
                NETWORK,
                configuration.bridge(),
                bridge.subnet().toString(),
                bridge.gateway().toString(),
                configuration.mtu());
    }

    @Override
    public void reconcile(Map<String, ? extends Collection<Endpoint>> live) {
        live.forEach(this::adopt);
        List<Endpoint> endpoints =
                live.values().stream().<Endpoint>flatMap(Collection::stream).toList();
        filter.declare(endpoints.stream()
                .flatMap(endpoint -> bindings(endpoint).stream())
                .toList());
        staleNamespaces(live.keySet()).forEach(NetworkNamespace::unpin);
        cabling.removeAllBut(endpoints);
    }

    /** Waits until what disconnections left to be done behind the answer is done. */
    public void drain() {
        background.drain();
    }

    /** Finishes the deletions under way and gives up its sockets. What containers use stays. */
    @Override
    public void close() {
        if (closed.getAndSet(true)) {
            return;
        }
        background.close();
        cabling.close();
        sandboxes.values().forEach(state -> {
            synchronized (state) {
                state.markDeleted();
            }
        });
        sandboxes.clear();
        ports.close();
        filter.close();
        routes.close();
    }

    private void adopt(String sandboxId, Collection<Endpoint> endpoints) {
        SandboxState state = new SandboxState(namespace(sandboxId), null);
        for (Endpoint endpoint : endpoints) {
            Ipv4Address address = Ipv4Address.parse(endpoint.address());
            if (!bridge.subnet().contains(address)) {
                throw EngineException.conflict("The bridge " + configuration.bridge() + " has the subnet "
                        + bridge.subnet() + ", but a running container has the address " + address
                        + ": stop it first, or restore the bridge's former address");
            }
            addresses.take(address);
            ports.adopt(endpoint.ports());
            hostInterfaces.add(endpoint.hostInterface());
            state.add(endpoint);
        }
        sandboxes.put(sandboxId, state);
    }

    private Endpoint connect(EndpointRequest request, SandboxState state, Ipv4Address address) {
        Endpoint bare = endpoint(request, state, address);
        if (!hostInterfaces.add(bare.hostInterface())) {
            throw EngineException.conflict("The endpoint " + request.endpointId() + " is connected already");
        }
        List<PublishedPort> published = List.of();
        try {
            published = reserve(request);
            Endpoint endpoint = publishing(bare, published);
            List<PortBinding> bindings = bindings(endpoint);
            cabling.plug(endpoint, state);
            Failpoint.ENDPOINT_PLUGGED.reach();
            try {
                filter.add(bindings);
                Failpoint.ENDPOINT_PUBLISHED.reach();
                flows.forget(bindings);
            } catch (RuntimeException e) {
                filter.remove(bindings);
                cabling.unplug(endpoint);
                throw e;
            }
            return endpoint;
        } catch (RuntimeException e) {
            ports.release(published);
            hostInterfaces.remove(bare.hostInterface());
            throw e;
        }
    }

    private List<PublishedPort> reserve(EndpointRequest request) {
        try {
            return ports.reserve(request.ports());
        } catch (EngineException e) {
            throw e.kind() != EngineException.Kind.INTERNAL
                    ? e
                    : EngineException.internal(
                            "failed to set up container networking: driver failed programming external connectivity"
                                    + " on endpoint " + request.endpointId() + ": " + e.getMessage(),
                            e);
        }
    }

    private Endpoint endpoint(EndpointRequest request, SandboxState state, Ipv4Address address) {
        MacAddress mac = request.macAddress().map(MacAddress::parse).orElseGet(address::macAddress);
        return new Endpoint(
                request.endpointId(),
                request.sandboxId(),
                request.network(),
                state.nextInterfaceName(),
                configuration.interfaceName(request.endpointId()),
                mac.toString(),
                address.toString(),
                bridge.subnet().prefixLength(),
                bridge.gateway().toString(),
                List.of());
    }

    private static Endpoint publishing(Endpoint bare, List<PublishedPort> ports) {
        return new Endpoint(
                bare.endpointId(),
                bare.sandboxId(),
                bare.network(),
                bare.interfaceName(),
                bare.hostInterface(),
                bare.macAddress(),
                bare.address(),
                bare.prefixLength(),
                bare.gateway(),
                ports);
    }

    private void takeDown(Endpoint endpoint) {
        List<PortBinding> bindings = bindings(endpoint);
        filter.remove(bindings);
        flows.forget(bindings);
        ports.release(endpoint.ports());
        addresses.release(Ipv4Address.parse(endpoint.address()));
        cabling.unplug(endpoint);
        hostInterfaces.remove(endpoint.hostInterface());
    }

    private List<NetworkNamespace> staleNamespaces(Set<String> live) {
        try (Stream<Path> pins = Files.list(configuration.namespaces())) {
            return pins.filter(pin -> !live.contains(String.valueOf(pin.getFileName())))
                    .map(NetworkNamespace::new)
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException("Tried to list " + configuration.namespaces(), e);
        }
    }

    private NetworkNamespace namespace(String sandboxId) {
        if (!SANDBOX_ID.matcher(sandboxId).matches()) {
            throw EngineException.invalid("invalid sandbox id: " + sandboxId);
        }
        return new NetworkNamespace(configuration.namespaces().resolve(sandboxId));
    }

    /** Runs inside a new namespace: what containers find there before they have an interface. */
    private static RouteSocket prepareSandbox() {
        // Interfaces to come have no IPv6, as the network has none; the loopback keeps its own.
        Sysctl.ofInterface6("default", "disable_ipv6").setIfPresent("1");
        RouteSocket socket = RouteSocket.open();
        try {
            int loopback = socket.link(LOOPBACK).map(Link::index).orElse(1);
            socket.execute(RouteRequests.setUp(loopback));
            return socket;
        } catch (RuntimeException e) {
            socket.close();
            throw e;
        }
    }

    private static EngineException noSuchSandbox(EndpointRequest request) {
        return EngineException.notFound("No such sandbox: " + request.sandboxId());
    }

    private static List<PortBinding> bindings(Endpoint endpoint) {
        Ipv4Address target = Ipv4Address.parse(endpoint.address());
        return endpoint.ports().stream()
                .map(port -> new PortBinding(port, target))
                .toList();
    }
}
