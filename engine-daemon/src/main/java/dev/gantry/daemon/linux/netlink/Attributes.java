package dev.gantry.daemon.linux.netlink;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;

/** The attributes of a message from the kernel, by type. */
final class Attributes {

    private static final int HEADER = 4;
    private static final int TYPE_MASK = 0x3fff;

    private final Map<Integer, byte[]> values = new HashMap<>();

    /** Reads attributes from the buffer's position to its limit; what is malformed ends the reading. */
    static Attributes read(ByteBuffer buffer) {
        Attributes attributes = new Attributes();
        while (buffer.remaining() >= HEADER) {
            int start = buffer.position();
            int length = Short.toUnsignedInt(buffer.getShort());
            int type = Short.toUnsignedInt(buffer.getShort()) & TYPE_MASK;
            if (length < HEADER || start + length > buffer.limit()) {
                break;
            }
            byte[] value = new byte[length - HEADER];
            buffer.get(value);
            attributes.values.put(type, value);
            buffer.position(Math.min(buffer.limit(), start + align(length)));
        }
        return attributes;
    }

    static int align(int length) {
        return (length + 3) & ~3;
    }

    boolean has(int type) {
        return values.containsKey(type);
    }

    byte[] bytes(int type) {
        return values.getOrDefault(type, new byte[0]);
    }

    /** A number in the machine's byte order; 0 where it is absent. */
    int integer(int type) {
        byte[] value = bytes(type);
        return value.length == Integer.BYTES
                ? ByteBuffer.wrap(value).order(ByteOrder.nativeOrder()).getInt()
                : 0;
    }

    /** An unsigned number of two bytes in network order; 0 where it is absent. */
    int port(int type) {
        byte[] value = bytes(type);
        return value.length == Short.BYTES
                ? Short.toUnsignedInt(ByteBuffer.wrap(value).getShort())
                : 0;
    }

    String text(int type) {
        byte[] value = bytes(type);
        int length = value.length > 0 && value[value.length - 1] == 0 ? value.length - 1 : value.length;
        return new String(value, 0, length, StandardCharsets.UTF_8);
    }

    /** An IPv4 address; {@code 0.0.0.0} where it is absent. */
    InetAddress address(int type) {
        byte[] value = bytes(type);
        try {
            return InetAddress.getByAddress(value.length == Integer.BYTES ? value : new byte[Integer.BYTES]);
        } catch (UnknownHostException e) {
            throw new IllegalStateException("Four bytes are an address", e);
        }
    }

    Attributes nested(int type) {
        return read(ByteBuffer.wrap(bytes(type)).order(ByteOrder.nativeOrder()));
    }
}
