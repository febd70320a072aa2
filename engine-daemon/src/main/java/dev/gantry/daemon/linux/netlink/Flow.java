package dev.gantry.daemon.linux.netlink;

import java.net.InetAddress;

/**
 * A connection the kernel tracks, IPv4.
 *
 * @param protocol of the transport: 6 TCP, 17 UDP
 * @param source who opened it
 * @param sourcePort 0 where the transport has none
 * @param destination as the opener sees it
 * @param destinationPort 0 where the transport has none
 * @param replySource who answers in truth
 */
public record Flow(
        int protocol,
        InetAddress source,
        int sourcePort,
        InetAddress destination,
        int destinationPort,
        InetAddress replySource) {

    public static final int UDP = 17;
}
