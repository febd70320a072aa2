package dev.gantry.daemon.network;

import dev.gantry.daemon.linux.namespace.NetworkNamespace;
import dev.gantry.daemon.linux.netlink.RouteSocket;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the daemon knows of a sandbox: its endpoints, and until the first of them a socket inside, left from its making.
 * Whoever works on a sandbox holds its monitor.
 */
final class SandboxState {

    private final NetworkNamespace namespace;
    private final Map<String, Endpoint> endpoints = new LinkedHashMap<>();
    private @Nullable RouteSocket firstSocket;
    private boolean deleted;

    SandboxState(NetworkNamespace namespace, @Nullable RouteSocket firstSocket) {
        this.namespace = namespace;
        this.firstSocket = firstSocket;
    }

    NetworkNamespace namespace() {
        return namespace;
    }

    /** A socket inside the namespace; the caller closes it. */
    RouteSocket openSocket() {
        RouteSocket socket = firstSocket;
        firstSocket = null;
        return socket != null ? socket : namespace.call(RouteSocket::open);
    }

    List<Endpoint> endpoints() {
        return List.copyOf(endpoints.values());
    }

    void add(Endpoint endpoint) {
        endpoints.put(endpoint.endpointId(), endpoint);
    }

    /** Forgets the endpoint; false if it was not there. */
    boolean remove(Endpoint endpoint) {
        return endpoints.remove(endpoint.endpointId()) != null;
    }

    /** The name for the next interface inside: the lowest {@code ethN} that is free. */
    String nextInterfaceName() {
        for (int number = 0; ; number++) {
            String name = "eth" + number;
            if (endpoints.values().stream()
                    .noneMatch(endpoint -> endpoint.interfaceName().equals(name))) {
                return name;
            }
        }
    }

    boolean isDeleted() {
        return deleted;
    }

    void markDeleted() {
        deleted = true;
        if (firstSocket != null) {
            firstSocket.close();
            firstSocket = null;
        }
    }
}
