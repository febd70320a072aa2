package dev.gantry.daemon.linux.netlink;

import java.net.InetAddress;

/**
 * An IPv4 address of an interface.
 *
 * @param linkIndex of the interface
 * @param address its own address
 * @param prefixLength 0 to 32
 */
public record LinkAddress(int linkIndex, InetAddress address, int prefixLength) {}
