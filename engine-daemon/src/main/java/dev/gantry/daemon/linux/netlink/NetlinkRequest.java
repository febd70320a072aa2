package dev.gantry.daemon.linux.netlink;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;

/**
 * A message for the kernel: header, fixed part and attributes. Sent once or several times; the sequence number is set by
 * the socket.
 */
public final class NetlinkRequest {

    static final int HEADER = 16;
    static final int REQUEST = 0x1;
    static final int ACK = 0x4;
    static final int DUMP = 0x300;
    static final int EXCLUSIVE = 0x200;
    static final int CREATE = 0x400;
    static final int NESTED = 0x8000;

    private static final int SEQUENCE_OFFSET = 8;
    private static final int ATTRIBUTE_HEADER = 4;
    private static final int CAPACITY = 1024;

    private final String subject;
    private final ByteBuffer buffer = ByteBuffer.allocate(CAPACITY).order(ByteOrder.nativeOrder());

    /** @param subject what is asked for, for errors */
    NetlinkRequest(String subject, int type, int flags) {
        this.subject = subject;
        buffer.putInt(0)
                .putShort((short) type)
                .putShort((short) (flags | REQUEST))
                .putInt(0)
                .putInt(0);
    }

    /** The fixed part of messages about interfaces. */
    NetlinkRequest link(int index, int flags, int change) {
        buffer.putInt(0).putInt(index).putInt(flags).putInt(change);
        return this;
    }

    NetlinkRequest bytes(byte... fixed) {
        buffer.put(fixed);
        return this;
    }

    NetlinkRequest integer(int fixed) {
        buffer.putInt(fixed);
        return this;
    }

    NetlinkRequest attribute(int type, byte... value) {
        buffer.putShort((short) (ATTRIBUTE_HEADER + value.length))
                .putShort((short) type)
                .put(value);
        align();
        return this;
    }

    NetlinkRequest attribute(int type, int value) {
        buffer.putShort((short) (ATTRIBUTE_HEADER + Integer.BYTES))
                .putShort((short) type)
                .putInt(value);
        return this;
    }

    NetlinkRequest attribute(int type, String value) {
        return attribute(type, (value + "\0").getBytes(StandardCharsets.UTF_8));
    }

    NetlinkRequest nested(int type, Consumer<NetlinkRequest> content) {
        int start = buffer.position();
        buffer.putShort((short) 0).putShort((short) type);
        content.accept(this);
        buffer.putShort(start, (short) (buffer.position() - start));
        return this;
    }

    String subject() {
        return subject;
    }

    int length() {
        return buffer.position();
    }

    /** Appends the message to what is sent at once. */
    void writeTo(ByteBuffer out, int sequence) {
        buffer.putInt(0, length()).putInt(SEQUENCE_OFFSET, sequence);
        out.put(buffer.array(), 0, length());
        while (out.position() % Integer.BYTES != 0) {
            out.put((byte) 0);
        }
    }

    private void align() {
        while (buffer.position() % Integer.BYTES != 0) {
            buffer.put((byte) 0);
        }
    }
}
