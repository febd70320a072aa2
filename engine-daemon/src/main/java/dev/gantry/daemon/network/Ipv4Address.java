package dev.gantry.daemon.network;

import dev.gantry.daemon.linux.netlink.MacAddress;
import dev.gantry.daemon.type.EngineException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.util.regex.Pattern;

/**
 * An address of 32 bits.
 *
 * @param bits in network order
 */
public record Ipv4Address(int bits) implements Comparable<Ipv4Address> {

    static final Ipv4Address ANY = new Ipv4Address(0);

    private static final Pattern FORM = Pattern.compile("\\d{1,3}(\\.\\d{1,3}){3}");
    private static final int OCTET = 0xff;

    /**
     * Reads the dotted form of four decimal numbers, nothing else.
     *
     * @throws EngineException (invalid) when it is none
     */
    public static Ipv4Address parse(String text) {
        if (!FORM.matcher(text).matches()) {
            throw EngineException.invalid("invalid IPv4 address: " + text);
        }
        int bits = 0;
        for (String octet : text.split("\\.", -1)) {
            int value = Integer.parseInt(octet);
            if (value > OCTET) {
                throw EngineException.invalid("invalid IPv4 address: " + text);
            }
            bits = bits << Byte.SIZE | value;
        }
        return new Ipv4Address(bits);
    }

    static Ipv4Address of(InetAddress address) {
        byte[] bytes = address.getAddress();
        if (bytes.length != Integer.BYTES) {
            throw EngineException.notImplemented("IPv6 addresses are not supported: " + address.getHostAddress());
        }
        return new Ipv4Address(ByteBuffer.wrap(bytes).getInt());
    }

    byte[] bytes() {
        return ByteBuffer.allocate(Integer.BYTES).putInt(bits).array();
    }

    InetAddress toInetAddress() {
        try {
            return InetAddress.getByAddress(bytes());
        } catch (UnknownHostException e) {
            throw new IllegalStateException("Four bytes are an address", e);
        }
    }

    /** The hardware address containers have by default: 02:42 and these four bytes. */
    MacAddress macAddress() {
        byte[] bytes = bytes();
        return MacAddress.of((byte) 0x02, (byte) 0x42, bytes[0], bytes[1], bytes[2], bytes[3]);
    }

    @Override
    public int compareTo(Ipv4Address other) {
        return Integer.compareUnsigned(bits, other.bits);
    }

    @Override
    public String toString() {
        return (bits >>> 24) + "." + (bits >>> 16 & OCTET) + "." + (bits >>> 8 & OCTET) + "." + (bits & OCTET);
    }
}
