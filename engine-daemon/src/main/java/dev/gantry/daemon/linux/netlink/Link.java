package dev.gantry.daemon.linux.netlink;

/**
 * A network interface.
 *
 * @param index the kernel's number, unique in its namespace
 * @param name in its namespace
 * @param flags as in {@code if.h}
 * @param master the index of the bridge it is a port of; 0: none
 * @param mtu in bytes
 */
public record Link(int index, String name, int flags, int master, int mtu) {

    static final int UP = 1;

    public boolean isUp() {
        return (flags & UP) != 0;
    }
}
