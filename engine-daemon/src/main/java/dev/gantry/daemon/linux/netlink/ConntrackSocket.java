package dev.gantry.daemon.linux.netlink;

import dev.gantry.daemon.linux.Errno;
import dev.gantry.daemon.linux.LinuxException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/** Forgets connections that the kernel tracks. Not safe for use by many threads. */
public final class ConntrackSocket implements AutoCloseable {

    private static final int SUBSYSTEM = 1 << 8;
    private static final int GET = SUBSYSTEM | 1;
    private static final int DELETE = SUBSYSTEM | 2;
    private static final int GENERIC_BODY = 4;
    private static final int TUPLE_ORIGINAL = 1;
    private static final int TUPLE_REPLY = 2;
    private static final int ID = 12;
    private static final int TUPLE_IP = 1;
    private static final int TUPLE_PROTOCOL = 2;
    private static final int IP_SOURCE = 1;
    private static final int IP_DESTINATION = 2;
    private static final int PROTOCOL_NUMBER = 1;
    private static final int PROTOCOL_SOURCE_PORT = 2;
    private static final int PROTOCOL_DESTINATION_PORT = 3;

    private final NetlinkSocket socket;

    private ConntrackSocket(NetlinkSocket socket) {
        this.socket = socket;
    }

    public static ConntrackSocket open() {
        return new ConntrackSocket(NetlinkSocket.open(NetlinkSocket.NETFILTER));
    }

    /**
     * Makes the kernel forget the flows that match: their next packet meets the rules anew.
     *
     * @return how many there were
     */
    public int forget(Predicate<Flow> condition) {
        List<Attributes> doomed = new ArrayList<>();
        socket.query(generic("list connections", GET, NetlinkRequest.DUMP), body -> {
            Attributes attributes = Attributes.read(body.position(GENERIC_BODY));
            if (condition.test(flow(attributes))) {
                doomed.add(attributes);
            }
        });
        for (Attributes attributes : doomed) {
            delete(attributes);
        }
        return doomed.size();
    }

    @Override
    public void close() {
        socket.close();
    }

    private void delete(Attributes attributes) {
        try {
            socket.execute(generic("forget a connection", DELETE, NetlinkRequest.ACK)
                    .attribute(TUPLE_ORIGINAL | NetlinkRequest.NESTED, attributes.bytes(TUPLE_ORIGINAL))
                    .attribute(ID, attributes.bytes(ID)));
        } catch (LinuxException e) {
            if (!e.is(Errno.ENOENT)) {
                throw e;
            }
        }
    }

    private static NetlinkRequest generic(String subject, int type, int flags) {
        return new NetlinkRequest(subject, type, flags).bytes(RouteRequests.AF_INET, (byte) 0, (byte) 0, (byte) 0);
    }

    private static Flow flow(Attributes attributes) {
        Attributes original = attributes.nested(TUPLE_ORIGINAL);
        Attributes addresses = original.nested(TUPLE_IP);
        Attributes protocol = original.nested(TUPLE_PROTOCOL);
        byte[] number = protocol.bytes(PROTOCOL_NUMBER);
        return new Flow(
                number.length == 1 ? Byte.toUnsignedInt(number[0]) : 0,
                addresses.address(IP_SOURCE),
                protocol.port(PROTOCOL_SOURCE_PORT),
                addresses.address(IP_DESTINATION),
                protocol.port(PROTOCOL_DESTINATION_PORT),
                attributes.nested(TUPLE_REPLY).nested(TUPLE_IP).address(IP_SOURCE));
    }
}
