package dev.gantry.daemon.network;

import dev.gantry.daemon.type.EngineException;
import java.util.List;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/**
 * Addresses that networks without a subnet of their own take theirs from.
 *
 * @param base the whole range
 * @param size prefix length of the subnets it is cut into
 */
public record AddressPool(Subnet base, int size) {

    /** Docker's pools: 172.17.0.0/16 to 172.31.0.0/16, then 192.168.0.0/16 in pieces of /20. */
    public static final List<AddressPool> DEFAULTS = Stream.concat(
                    LongStream.rangeClosed(17, 31)
                            .mapToObj(second -> new AddressPool(Subnet.parse("172." + second + ".0.0/16"), 16)),
                    Stream.of(new AddressPool(Subnet.parse("192.168.0.0/16"), 20)))
            .toList();

    private static final int LONGEST = 30;

    public AddressPool {
        if (size < base.prefixLength() || size > LONGEST) {
            throw EngineException.invalid("invalid default address pool: base " + base + ", size " + size);
        }
    }

    Stream<Subnet> subnets() {
        long step = 1L << (Integer.SIZE - size);
        return LongStream.range(0, base.size() / step).mapToObj(index -> new Subnet(base.address(index * step), size));
    }
}
