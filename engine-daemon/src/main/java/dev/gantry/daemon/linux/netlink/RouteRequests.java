package dev.gantry.daemon.linux.netlink;

import java.net.InetAddress;

/** The changes of interfaces, addresses and routes that can be asked for. */
public final class RouteRequests {

    static final int NEW_LINK = 16;
    static final int DELETE_LINK = 17;
    static final int GET_LINK = 18;
    static final int NEW_ADDRESS = 20;
    static final int DELETE_ADDRESS = 21;
    static final int GET_ADDRESS = 22;
    static final int NEW_ROUTE = 24;
    static final int GET_ROUTE = 26;

    static final byte AF_INET = 2;
    static final int IFLA_ADDRESS = 1;
    static final int IFLA_IFNAME = 3;
    static final int IFLA_MTU = 4;
    static final int IFLA_MASTER = 10;
    static final int IFLA_LINKINFO = 18;
    static final int IFLA_NET_NS_FD = 28;
    static final int IFLA_EXT_MASK = 29;
    static final int IFA_ADDRESS = 1;
    static final int IFA_LOCAL = 2;
    static final int IFA_BROADCAST = 4;
    static final int RTA_DST = 1;
    static final int RTA_OIF = 4;
    static final int RTA_GATEWAY = 5;

    private static final int INFO_KIND = 1;
    private static final int INFO_DATA = 2;
    private static final int INFO_SLAVE_KIND = 4;
    private static final int INFO_SLAVE_DATA = 5;
    private static final int VETH_PEER = 1;
    private static final int BRIDGE_PORT_HAIRPIN = 4;
    private static final byte TABLE_MAIN = (byte) 254;
    private static final byte PROTOCOL_BOOT = 3;
    private static final byte TYPE_UNICAST = 1;

    private RouteRequests() {}

    /** Makes a bridge that is up. A fixed MAC keeps it from changing with every port that comes and goes. */
    public static NetlinkRequest createBridge(String name, MacAddress mac, int mtu) {
        return new NetlinkRequest(
                        "create bridge " + name,
                        NEW_LINK,
                        NetlinkRequest.CREATE | NetlinkRequest.EXCLUSIVE | NetlinkRequest.ACK)
                .link(0, Link.UP, Link.UP)
                .attribute(IFLA_IFNAME, name)
                .attribute(IFLA_ADDRESS, mac.bytes())
                .attribute(IFLA_MTU, mtu)
                .nested(IFLA_LINKINFO, info -> info.attribute(INFO_KIND, "bridge"));
    }

    /** Makes both ends of a pair in their namespaces in one step. Only the end here is up: the kernel refuses the other's. */
    public static NetlinkRequest createVeth(VethPair pair) {
        return new NetlinkRequest(
                        "create veth " + pair.name(),
                        NEW_LINK,
                        NetlinkRequest.CREATE | NetlinkRequest.EXCLUSIVE | NetlinkRequest.ACK)
                .link(0, Link.UP, Link.UP)
                .attribute(IFLA_IFNAME, pair.name())
                .attribute(IFLA_ADDRESS, pair.mac().bytes())
                .attribute(IFLA_MTU, pair.mtu())
                .attribute(IFLA_MASTER, pair.bridge())
                .nested(
                        IFLA_LINKINFO,
                        info -> info.attribute(INFO_KIND, "veth")
                                .nested(
                                        INFO_DATA,
                                        data -> data.nested(
                                                VETH_PEER,
                                                peer -> peer.link(0, 0, 0)
                                                        .attribute(IFLA_IFNAME, pair.peerName())
                                                        .attribute(
                                                                IFLA_ADDRESS,
                                                                pair.peerMac().bytes())
                                                        .attribute(IFLA_MTU, pair.mtu())
                                                        .attribute(
                                                                IFLA_NET_NS_FD,
                                                                pair.peerNamespace()
                                                                        .number()))));
    }

    /** Lets a bridge send a frame back through the port it came from, which a port published by its own user needs. */
    public static NetlinkRequest hairpin(String bridgePort) {
        return new NetlinkRequest("set hairpin mode of " + bridgePort, NEW_LINK, NetlinkRequest.ACK)
                .link(0, 0, 0)
                .attribute(IFLA_IFNAME, bridgePort)
                .nested(
                        IFLA_LINKINFO,
                        info -> info.attribute(INFO_SLAVE_KIND, "bridge")
                                .nested(INFO_SLAVE_DATA, data -> data.attribute(BRIDGE_PORT_HAIRPIN, (byte) 1)));
    }

    public static NetlinkRequest deleteLink(String name) {
        return new NetlinkRequest("delete interface " + name, DELETE_LINK, NetlinkRequest.ACK)
                .link(0, 0, 0)
                .attribute(IFLA_IFNAME, name);
    }

    public static NetlinkRequest setUp(int index) {
        return new NetlinkRequest("set up interface " + index, NEW_LINK, NetlinkRequest.ACK)
                .link(index, Link.UP, Link.UP);
    }

    public static NetlinkRequest setDown(int index) {
        return new NetlinkRequest("set down interface " + index, NEW_LINK, NetlinkRequest.ACK).link(index, 0, Link.UP);
    }

    public static NetlinkRequest addAddress(LinkAddress address) {
        byte[] bytes = address.address().getAddress();
        return new NetlinkRequest(
                        "add address " + text(address),
                        NEW_ADDRESS,
                        NetlinkRequest.CREATE | NetlinkRequest.EXCLUSIVE | NetlinkRequest.ACK)
                .bytes(AF_INET, (byte) address.prefixLength(), (byte) 0, (byte) 0)
                .integer(address.linkIndex())
                .attribute(IFA_LOCAL, bytes)
                .attribute(IFA_ADDRESS, bytes)
                .attribute(IFA_BROADCAST, broadcast(bytes, address.prefixLength()));
    }

    public static NetlinkRequest deleteAddress(LinkAddress address) {
        return new NetlinkRequest("delete address " + text(address), DELETE_ADDRESS, NetlinkRequest.ACK)
                .bytes(AF_INET, (byte) address.prefixLength(), (byte) 0, (byte) 0)
                .integer(address.linkIndex())
                .attribute(IFA_LOCAL, address.address().getAddress());
    }

    /** Sends whatever has no other route to the gateway. */
    public static NetlinkRequest addDefaultRoute(InetAddress gateway) {
        return new NetlinkRequest(
                        "add default route by " + gateway.getHostAddress(),
                        NEW_ROUTE,
                        NetlinkRequest.CREATE | NetlinkRequest.EXCLUSIVE | NetlinkRequest.ACK)
                .bytes(AF_INET, (byte) 0, (byte) 0, (byte) 0, TABLE_MAIN, PROTOCOL_BOOT, (byte) 0, TYPE_UNICAST)
                .integer(0)
                .attribute(RTA_GATEWAY, gateway.getAddress());
    }

    private static byte[] broadcast(byte[] address, int prefixLength) {
        byte[] broadcast = address.clone();
        for (int bit = prefixLength; bit < Integer.SIZE; bit++) {
            broadcast[bit / Byte.SIZE] |= (byte) (0x80 >> (bit % Byte.SIZE));
        }
        return broadcast;
    }

    private static String text(LinkAddress address) {
        return address.address().getHostAddress() + "/" + address.prefixLength();
    }
}
