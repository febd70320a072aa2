package dev.gantry.daemon.linux.netlink;

import dev.gantry.daemon.linux.Fd;

/**
 * Describes a pair of connected interfaces to be made: one here, as a port of a bridge, its peer in another namespace.
 *
 * @param name of the end here
 * @param mac of the end here
 * @param bridge index of the bridge the end here becomes a port of
 * @param peerName of the other end
 * @param peerMac of the other end
 * @param peerNamespace where the other end is made; borrowed
 * @param mtu of both, in bytes
 */
public record VethPair(
        String name, MacAddress mac, int bridge, String peerName, MacAddress peerMac, Fd peerNamespace, int mtu) {}
