package dev.gantry.daemon.network;

import dev.gantry.daemon.type.EngineException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.nio.channels.Channel;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Holds the ports that are published: each by a socket that is bound but answers nothing, so that neither we nor another
 * process gives it to someone else. Packets never reach it, as the packet filter redirects them before. Safe for use by
 * many threads.
 */
final class PortReservations implements AutoCloseable {

    private static final System.Logger LOGGER = System.getLogger(PortReservations.class.getName());
    private static final int SMALLEST_BUFFER = 1;

    private final EphemeralRange ephemeral;
    private final Map<PublishedPort, Optional<Channel>> held = new HashMap<>();
    private int lastEphemeral;

    PortReservations(EphemeralRange ephemeral) {
        this.ephemeral = ephemeral;
        this.lastEphemeral = ephemeral.last();
    }

    /**
     * Reserves a port for each request, all or none.
     *
     * @throws EngineException (internal) with docker's text when one is taken
     */
    synchronized List<PublishedPort> reserve(List<PortRequest> requests) {
        List<PublishedPort> reserved = new ArrayList<>();
        try {
            for (PortRequest request : requests) {
                reserved.add(reserve(request));
            }
            return reserved;
        } catch (RuntimeException e) {
            release(reserved);
            throw e;
        }
    }

    /**
     * Takes ports that are published already. One that another process took meanwhile stays published, as packets
     * meet our rules first; it is only not held.
     */
    synchronized void adopt(List<PublishedPort> ports) {
        for (PublishedPort port : ports) {
            Optional<Channel> socket = Optional.empty();
            try {
                socket = Optional.of(bind(port));
            } catch (IOException e) {
                LOGGER.log(System.Logger.Level.WARNING, "published port cannot be held port=" + text(port), e);
            }
            held.put(port, socket);
        }
    }

    synchronized void release(List<PublishedPort> ports) {
        for (PublishedPort port : ports) {
            Optional<Channel> socket = held.remove(port);
            if (socket != null) {
                socket.ifPresent(PortReservations::close);
            }
        }
    }

    /** Lets go of all of them. */
    @Override
    public synchronized void close() {
        release(List.copyOf(held.keySet()));
    }

    private PublishedPort reserve(PortRequest request) {
        Ipv4Address address = hostAddress(request);
        if (request.hostPortFirst() == 0) {
            return reserveEphemeral(request.containerPort(), address);
        }
        int last = Math.max(request.hostPortFirst(), request.hostPortLast());
        for (int number = request.hostPortFirst(); ; number++) {
            try {
                return take(new PublishedPort(request.containerPort(), address.toString(), number));
            } catch (EngineException e) {
                if (number >= last) {
                    throw e;
                }
            }
        }
    }

    private PublishedPort reserveEphemeral(Port containerPort, Ipv4Address address) {
        for (int attempt = 0; attempt < ephemeral.size(); attempt++) {
            lastEphemeral = lastEphemeral >= ephemeral.last() ? ephemeral.first() : lastEphemeral + 1;
            PublishedPort candidate = new PublishedPort(containerPort, address.toString(), lastEphemeral);
            if (heldByUs(candidate)) {
                continue;
            }
            try {
                held.put(candidate, Optional.of(bind(candidate)));
                return candidate;
            } catch (BindException e) {
                if (cannotAssign(e)) {
                    throw refused(candidate, e);
                }
            } catch (IOException e) {
                throw new UncheckedIOException("Tried to reserve port " + text(candidate), e);
            }
        }
        throw EngineException.internal("all ports are allocated", new BindException(ephemeral.toString()));
    }

    private PublishedPort take(PublishedPort port) {
        if (heldByUs(port)) {
            String address = port.hostAddress() + ":" + port.hostPort();
            // compat: testcontainers and others look for "port is already allocated"
            throw new EngineException(
                    EngineException.Kind.INTERNAL, "Bind for " + address + " failed: port is already allocated");
        }
        try {
            held.put(port, Optional.of(bind(port)));
            return port;
        } catch (BindException e) {
            throw refused(port, e);
        } catch (IOException e) {
            throw new UncheckedIOException("Tried to reserve port " + text(port), e);
        }
    }

    private boolean heldByUs(PublishedPort port) {
        return held.keySet().stream()
                .anyMatch(other -> other.hostPort() == port.hostPort()
                        && other.containerPort().protocol()
                                == port.containerPort().protocol()
                        && (other.hostAddress().equals(port.hostAddress()) || isAny(other) || isAny(port)));
    }

    private static boolean isAny(PublishedPort port) {
        return port.hostAddress().equals(Ipv4Address.ANY.toString());
    }

    private static EngineException refused(PublishedPort port, BindException e) {
        String reason = cannotAssign(e) ? "cannot assign requested address" : "address already in use";
        String call = port.containerPort().protocol() == Port.Protocol.TCP ? "listen tcp4 " : "listen udp4 ";
        return EngineException.internal(call + port.hostAddress() + ":" + port.hostPort() + ": bind: " + reason, e);
    }

    private static boolean cannotAssign(BindException e) {
        return String.valueOf(e.getMessage()).startsWith("Cannot assign requested address");
    }

    private static Ipv4Address hostAddress(PortRequest request) {
        String address = request.hostAddress().orElse("");
        if (address.contains(":")) {
            throw EngineException.notImplemented("Publishing a port on an IPv6 address is not supported: " + address);
        }
        return address.isEmpty() ? Ipv4Address.ANY : Ipv4Address.parse(address);
    }

    private static Channel bind(PublishedPort port) throws IOException {
        InetSocketAddress address =
                new InetSocketAddress(Ipv4Address.parse(port.hostAddress()).toInetAddress(), port.hostPort());
        return port.containerPort().protocol() == Port.Protocol.TCP ? bindTcp(address) : bindUdp(address);
    }

    private static Channel bindTcp(InetSocketAddress address) throws IOException {
        SocketChannel socket = SocketChannel.open(StandardProtocolFamily.INET);
        try {
            // Connections of an earlier server may still be in TIME-WAIT; afterwards nobody may share the port.
            socket.setOption(StandardSocketOptions.SO_REUSEADDR, true);
            socket.bind(address);
            socket.setOption(StandardSocketOptions.SO_REUSEADDR, false);
            return socket;
        } catch (IOException e) {
            socket.close();
            throw e;
        }
    }

    private static Channel bindUdp(InetSocketAddress address) throws IOException {
        DatagramChannel socket = DatagramChannel.open(StandardProtocolFamily.INET);
        try {
            socket.setOption(StandardSocketOptions.SO_RCVBUF, SMALLEST_BUFFER);
            socket.bind(address);
            return socket;
        } catch (IOException e) {
            socket.close();
            throw e;
        }
    }

    private static void close(Channel socket) {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException("Tried to give a port back", e);
        }
    }

    private static String text(PublishedPort port) {
        return port.hostAddress() + ":" + port.hostPort() + "/"
                + port.containerPort().protocol().lowerCase();
    }
}
