package dev.gantry.daemon.api.wire;

import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * Takes the payload out of a client's WebSocket frames (RFC 6455, section 5). Data is handed on as it comes, so a frame
 * may be of any size and none is kept; whether it is text or binary makes no difference. Used by one thread.
 */
final class WebSocketReader {

    static final int NORMAL = 1000;
    static final int PROTOCOL_ERROR = 1002;

    private static final int FIN = 0x80;
    private static final int RESERVED = 0x70;
    private static final int OPCODE = 0x0f;
    private static final int MASKED = 0x80;
    private static final int LENGTH = 0x7f;
    private static final int SHORT_LENGTH = 126;
    private static final int MOST_CONTROL_BYTES = 125;
    private static final int MASK_BYTES = 4;
    private static final int BUFFER_BYTES = 16 * 1024;

    private final Source source;
    private final Control control;
    private final ByteBuffer received = ByteBuffer.allocate(BUFFER_BYTES).flip();
    private final byte[] mask = new byte[MASK_BYTES];
    private int maskAt;
    private long left;
    private boolean inMessage;
    private boolean ended;

    WebSocketReader(Source source, Control control) {
        this.source = source;
        this.control = control;
    }

    /** Where the frames come from; as a channel reads: blocking, -1 at the end. */
    interface Source {
        int read(ByteBuffer target) throws IOException;
    }

    /** What is to be answered. */
    interface Control {

        void pong(byte[] payload) throws IOException;

        /** The client has closed, or broken the rules: the last that is heard of it. */
        void closed(int code) throws IOException;
    }

    /** Reads at least one byte of data; -1 when the client has closed, broken the rules or gone. */
    int read(ByteBuffer target) throws IOException {
        if (!target.hasRemaining()) {
            return 0;
        }
        while (left == 0 && !ended) {
            frame();
        }
        if (ended || !need(1)) {
            return -1;
        }
        int count = (int) Math.min(left, Math.min(received.remaining(), target.remaining()));
        for (int i = 0; i < count; i++) {
            target.put(unmasked());
        }
        left -= count;
        return count;
    }

    private void frame() throws IOException {
        if (!need(2)) {
            return;
        }
        int first = received.get() & 0xff;
        int second = received.get() & 0xff;
        long length = length(second & LENGTH);
        if (ended) {
            return;
        }
        if (breaksRules(first, second, length)) {
            end(PROTOCOL_ERROR);
            return;
        }
        if (!need(MASK_BYTES)) {
            return;
        }
        received.get(mask);
        maskAt = 0;
        Opcode opcode = Opcode.of(first & OPCODE);
        if (opcode.isControl()) {
            answer(opcode, (int) length);
        } else {
            inMessage = (first & FIN) == 0;
            left = length;
        }
    }

    private long length(int code) throws IOException {
        if (code < SHORT_LENGTH) {
            return code;
        }
        int bytes = code == SHORT_LENGTH ? Short.BYTES : Long.BYTES;
        if (!need(bytes)) {
            return 0;
        }
        return bytes == Short.BYTES ? received.getShort() & 0xffff : received.getLong();
    }

    private boolean breaksRules(int first, int second, long length) {
        Opcode opcode = Opcode.of(first & OPCODE);
        if ((first & RESERVED) != 0 || (second & MASKED) == 0 || length < 0 || opcode == Opcode.UNKNOWN) {
            return true;
        }
        if (opcode.isControl()) {
            return length > MOST_CONTROL_BYTES || (first & FIN) == 0;
        }
        return (opcode == Opcode.CONTINUATION) != inMessage;
    }

    private void answer(Opcode opcode, int length) throws IOException {
        if (!need(length)) {
            return;
        }
        byte[] payload = new byte[length];
        for (int i = 0; i < length; i++) {
            payload[i] = unmasked();
        }
        if (opcode == Opcode.PING) {
            control.pong(payload);
        } else if (opcode == Opcode.CLOSE) {
            end(closeCode(payload));
        }
    }

    /** The client's code is given back to it, where it is one that may go over the wire. */
    private static int closeCode(byte[] payload) {
        if (payload.length == 0) {
            return NORMAL;
        }
        int code = payload.length == 1 ? 0 : ((payload[0] & 0xff) << 8) | (payload[1] & 0xff);
        boolean standard = code >= 1000 && code <= 1011 && (code < 1004 || code > 1006);
        return standard || (code >= 3000 && code <= 4999) ? code : PROTOCOL_ERROR;
    }

    private void end(int code) throws IOException {
        ended = true;
        control.closed(code);
    }

    private byte unmasked() {
        byte value = (byte) (received.get() ^ mask[maskAt]);
        maskAt = (maskAt + 1) % MASK_BYTES;
        return value;
    }

    /** Has so many bytes at hand; false at the end of the connection. */
    private boolean need(int bytes) throws IOException {
        while (received.remaining() < bytes) {
            received.compact();
            int count = source.read(received);
            received.flip();
            if (count < 0) {
                ended = true;
                return false;
            }
        }
        return true;
    }

    private enum Opcode {
        CONTINUATION,
        DATA,
        CLOSE,
        PING,
        PONG,
        UNKNOWN;

        static Opcode of(int code) {
            return switch (code) {
                case 0 -> CONTINUATION;
                case 1, 2 -> DATA;
                case 8 -> CLOSE;
                case 9 -> PING;
                case 10 -> PONG;
                default -> UNKNOWN;
            };
        }

        boolean isControl() {
            return this == CLOSE || this == PING || this == PONG;
        }
    }
}
