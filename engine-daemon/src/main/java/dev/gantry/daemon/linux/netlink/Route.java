package dev.gantry.daemon.linux.netlink;

import java.net.InetAddress;

/**
 * An IPv4 route.
 *
 * @param destination the network; {@code 0.0.0.0} for the default route
 * @param prefixLength 0 to 32
 * @param linkIndex of the interface it leaves by; 0: none or several
 */
public record Route(InetAddress destination, int prefixLength, int linkIndex) {}
