package dev.gantry.daemon.network;

import dev.gantry.daemon.type.EngineException;
import java.util.BitSet;

/**
 * Hands out the addresses of a subnet. It goes on from the last one and starts over at the end, so an address that was
 * just given back is the last to be given again. Safe for use by many threads.
 */
final class AddressAllocator {

    private final Subnet subnet;
    private final String network;
    private final BitSet taken = new BitSet();
    private final int size;
    private int last;

    /** @param network its name, for errors */
    AddressAllocator(Subnet subnet, Ipv4Address gateway, String network) {
        this.subnet = subnet;
        this.network = network;
        this.size = (int) Math.min(subnet.size(), Integer.MAX_VALUE);
        taken.set(0);
        taken.set(size - 1);
        int own = (int) subnet.offset(gateway);
        taken.set(own);
        this.last = own;
    }

    /**
     * Takes any free address.
     *
     * @throws EngineException (unavailable) when there is none
     */
    synchronized Ipv4Address takeAny() {
        int free = taken.nextClearBit(last + 1);
        if (free >= size) {
            free = taken.nextClearBit(0);
        }
        if (free >= size) {
            throw EngineException.unavailable("failed to set up container networking: no available IPv4 addresses on"
                    + " this network's address pools: " + network + " (" + subnet + ")");
        }
        taken.set(free);
        last = free;
        return subnet.address(free);
    }

    /**
     * Takes this very address.
     *
     * @throws EngineException (forbidden) when it is taken, (invalid) when it is none of the subnet's
     */
    synchronized Ipv4Address take(Ipv4Address wish) {
        if (!subnet.contains(wish)) {
            throw EngineException.invalid(
                    "invalid address " + wish + ": It does not belong to any of this network's" + " subnets");
        }
        int offset = (int) subnet.offset(wish);
        if (taken.get(offset)) {
            throw EngineException.forbidden("failed to set up container networking: Address already in use");
        }
        taken.set(offset);
        return wish;
    }

    synchronized void release(Ipv4Address address) {
        taken.clear((int) subnet.offset(address));
    }
}
