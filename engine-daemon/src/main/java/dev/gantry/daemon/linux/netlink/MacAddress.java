package dev.gantry.daemon.linux.netlink;

import dev.gantry.daemon.type.EngineException;
import java.nio.ByteBuffer;
import java.util.HexFormat;
import java.util.regex.Pattern;

/**
 * A hardware address, written {@code 02:42:ac:11:00:02}.
 *
 * @param bits the lower 48
 */
public record MacAddress(long bits) {

    private static final Pattern FORM = Pattern.compile("(\\p{XDigit}{2}:){5}\\p{XDigit}{2}");
    private static final HexFormat COLONS = HexFormat.ofDelimiter(":");
    private static final int LENGTH = 6;
    private static final int MULTICAST = 0x01;

    /** Reads the form with colons; one that is no address of a single interface is an EngineException (invalid). */
    public static MacAddress parse(String text) {
        if (!FORM.matcher(text).matches()) {
            throw EngineException.invalid("invalid MAC address: " + text);
        }
        byte[] bytes = COLONS.parseHex(text);
        if ((bytes[0] & MULTICAST) != 0) {
            throw EngineException.invalid("invalid MAC address: " + text + " is a multicast address");
        }
        return of(bytes);
    }

    /** The address that these six bytes are. */
    public static MacAddress of(byte... bytes) {
        if (bytes.length != LENGTH) {
            throw new IllegalArgumentException("A MAC address has 6 bytes, not " + bytes.length);
        }
        long bits = 0;
        for (byte octet : bytes) {
            bits = bits << Byte.SIZE | Byte.toUnsignedLong(octet);
        }
        return new MacAddress(bits);
    }

    byte[] bytes() {
        byte[] bytes = new byte[LENGTH];
        System.arraycopy(ByteBuffer.allocate(Long.BYTES).putLong(bits).array(), Long.BYTES - LENGTH, bytes, 0, LENGTH);
        return bytes;
    }

    @Override
    public String toString() {
        return COLONS.formatHex(bytes());
    }
}
