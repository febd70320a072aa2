package dev.gantry.daemon.network;

import dev.gantry.daemon.type.EngineException;

/**
 * A range of IPv4 addresses with a common prefix, written {@code 172.17.0.0/16}.
 *
 * @param first its lowest address
 * @param prefixLength 0 to 32
 */
public record Subnet(Ipv4Address first, int prefixLength) {

    public Subnet {
        if (prefixLength < 0 || prefixLength > Integer.SIZE) {
            throw EngineException.invalid("invalid prefix length: /" + prefixLength);
        }
        first = new Ipv4Address(first.bits() & mask(prefixLength));
    }

    /**
     * Reads CIDR notation; bits behind the prefix are dropped.
     *
     * @throws EngineException (invalid) when it is none
     */
    public static Subnet parse(String text) {
        int slash = text.indexOf('/');
        if (slash < 0 || !text.substring(slash + 1).matches("\\d{1,2}")) {
            throw EngineException.invalid("invalid CIDR address: " + text);
        }
        return new Subnet(Ipv4Address.parse(text.substring(0, slash)), Integer.parseInt(text.substring(slash + 1)));
    }

    boolean contains(Ipv4Address address) {
        return (address.bits() & mask(prefixLength)) == first.bits();
    }

    boolean overlaps(Subnet other) {
        return contains(other.first) || other.contains(first);
    }

    /** How many addresses it has. */
    long size() {
        return 1L << (Integer.SIZE - prefixLength);
    }

    Ipv4Address address(long offset) {
        return new Ipv4Address((int) (first.bits() + offset));
    }

    long offset(Ipv4Address address) {
        return Integer.toUnsignedLong(address.bits()) - Integer.toUnsignedLong(first.bits());
    }

    @Override
    public String toString() {
        return first + "/" + prefixLength;
    }

    private static int mask(int prefixLength) {
        return prefixLength == 0 ? 0 : -1 << (Integer.SIZE - prefixLength);
    }
}
