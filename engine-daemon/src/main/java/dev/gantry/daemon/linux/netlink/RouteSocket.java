package dev.gantry.daemon.linux.netlink;

import dev.gantry.daemon.linux.Errno;
import dev.gantry.daemon.linux.LinuxException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * Reads and changes the interfaces, addresses and routes of the network namespace of the thread that opened it. Safe for
 * use by many threads, one request at a time. Close it when done: it keeps its namespace alive.
 */
public final class RouteSocket implements AutoCloseable {

    private static final int ADDRESS_BODY = 8;
    private static final int LINK_BODY = 16;
    private static final int ROUTE_BODY = 12;
    private static final int SKIP_STATISTICS = 1 << 3;
    private static final int DUMP_ATTEMPTS = 10;

    private final NetlinkSocket socket;

    private RouteSocket(NetlinkSocket socket) {
        this.socket = socket;
    }

    public static RouteSocket open() {
        return new RouteSocket(NetlinkSocket.open(NetlinkSocket.ROUTE));
    }

    /**
     * Makes changes in one round trip, in order; the kernel goes on after one that fails.
     *
     * @throws LinuxException for the first that failed, with the kernel's explanation where it gives one
     */
    public synchronized void execute(NetlinkRequest... requests) {
        socket.execute(requests);
    }

    /** The interface of this name. */
    public synchronized Optional<Link> link(String name) {
        List<Link> found = new ArrayList<>();
        try {
            socket.query(
                    new NetlinkRequest("get interface " + name, RouteRequests.GET_LINK, NetlinkRequest.ACK)
                            .link(0, 0, 0)
                            .attribute(RouteRequests.IFLA_IFNAME, name)
                            .attribute(RouteRequests.IFLA_EXT_MASK, SKIP_STATISTICS),
                    body -> found.add(readLink(body)));
        } catch (LinuxException e) {
            if (e.is(Errno.ENODEV)) {
                return Optional.empty();
            }
            throw e;
        }
        return found.stream().findFirst();
    }

    public List<Link> links() {
        return dump(
                new NetlinkRequest("list interfaces", RouteRequests.GET_LINK, NetlinkRequest.DUMP)
                        .link(0, 0, 0)
                        .attribute(RouteRequests.IFLA_EXT_MASK, SKIP_STATISTICS),
                RouteSocket::readLink);
    }

    /** The IPv4 addresses of all interfaces. */
    public List<LinkAddress> addresses() {
        return dump(
                new NetlinkRequest("list addresses", RouteRequests.GET_ADDRESS, NetlinkRequest.DUMP)
                        .bytes(RouteRequests.AF_INET, (byte) 0, (byte) 0, (byte) 0)
                        .integer(0),
                RouteSocket::readAddress);
    }

    /** The IPv4 routes of all tables. */
    public List<Route> routes() {
        return dump(
                new NetlinkRequest("list routes", RouteRequests.GET_ROUTE, NetlinkRequest.DUMP)
                        .bytes(new byte[] {RouteRequests.AF_INET, 0, 0, 0, 0, 0, 0, 0})
                        .integer(0),
                RouteSocket::readRoute);
    }

    @Override
    public void close() {
        socket.close();
    }

    private synchronized <T> List<T> dump(NetlinkRequest request, Function<ByteBuffer, T> reader) {
        for (int attempt = 1; ; attempt++) {
            List<T> found = new ArrayList<>();
            try {
                socket.query(request, body -> found.add(reader.apply(body)));
                return found;
            } catch (LinuxException e) {
                if (!e.is(Errno.EAGAIN) || attempt == DUMP_ATTEMPTS) {
                    throw e;
                }
            }
        }
    }

    private static Link readLink(ByteBuffer body) {
        int index = body.getInt(4);
        int flags = body.getInt(8);
        Attributes attributes = Attributes.read(body.position(LINK_BODY));
        return new Link(
                index,
                attributes.text(RouteRequests.IFLA_IFNAME),
                flags,
                attributes.integer(RouteRequests.IFLA_MASTER),
                attributes.integer(RouteRequests.IFLA_MTU));
    }

    private static LinkAddress readAddress(ByteBuffer body) {
        int prefixLength = Byte.toUnsignedInt(body.get(1));
        int index = body.getInt(4);
        Attributes attributes = Attributes.read(body.position(ADDRESS_BODY));
        int own = attributes.has(RouteRequests.IFA_LOCAL) ? RouteRequests.IFA_LOCAL : RouteRequests.IFA_ADDRESS;
        return new LinkAddress(index, attributes.address(own), prefixLength);
    }

    private static Route readRoute(ByteBuffer body) {
        int prefixLength = Byte.toUnsignedInt(body.get(1));
        Attributes attributes = Attributes.read(body.position(ROUTE_BODY));
        return new Route(
                attributes.address(RouteRequests.RTA_DST), prefixLength, attributes.integer(RouteRequests.RTA_OIF));
    }
}
