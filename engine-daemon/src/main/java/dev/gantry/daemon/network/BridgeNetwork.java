package dev.gantry.daemon.network;

/**
 * A network on a bridge of the host.
 *
 * @param id 64 hexadecimal digits, the same over the daemon's lives
 * @param name as users know it
 * @param bridge the interface on the host
 * @param subnet in CIDR notation
 * @param gateway the bridge's own address
 * @param mtu in bytes
 */
public record BridgeNetwork(String id, String name, String bridge, String subnet, String gateway, int mtu) {}
