package dev.gantry.daemon.api.wire;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * A connection that has become a WebSocket: each write is one message, of what is read the frames are gone. A client
 * that closes counts as gone. Pings are answered, and a close is noticed, while somebody reads.
 */
public final class WebSocket implements Conversation {

    private static final int FIN = 0x80;
    private static final int CLOSE = 8;
    private static final int PONG = 10;
    private static final int SMALL = 126;
    private static final int MEDIUM = 127;
    private static final int LONGEST_HEAD = 10;

    private final OwnedConnection connection;
    private final Kind kind;
    private final WebSocketReader reader;
    private final AtomicBoolean closing = new AtomicBoolean();

    /** What the messages count as. */
    public enum Kind {
        TEXT(1),
        BINARY(2);

        private final int opcode;

        Kind(int opcode) {
            this.opcode = opcode;
        }
    }

    WebSocket(OwnedConnection connection, Kind kind) {
        this.connection = connection;
        this.kind = kind;
        this.reader = new WebSocketReader(connection::read, new Answers());
    }

    @Override
    public int read(ByteBuffer target) throws IOException {
        return reader.read(target);
    }

    @Override
    public void write(ByteBuffer... buffers) throws IOException {
        send(kind.opcode, buffers);
    }

    private void send(int opcode, ByteBuffer... buffers) throws IOException {
        ByteBuffer[] frame = new ByteBuffer[buffers.length + 1];
        long length = 0;
        for (int i = 0; i < buffers.length; i++) {
            length += buffers[i].remaining();
            frame[i + 1] = buffers[i];
        }
        frame[0] = head(opcode, length);
        connection.write(frame);
    }

    /** Servers do not mask. */
    static ByteBuffer head(int opcode, long length) {
        ByteBuffer head = ByteBuffer.allocate(LONGEST_HEAD).put((byte) (FIN | opcode));
        if (length < SMALL) {
            head.put((byte) length);
        } else if (length <= 0xffff) {
            head.put((byte) SMALL).putShort((short) length);
        } else {
            head.put((byte) MEDIUM).putLong(length);
        }
        return head.flip();
    }

    @Override
    public void onClientGone(Runnable action) {
        connection.onGone(action);
    }

    /** Says good-bye, unless the client takes nothing just now, and closes the socket. */
    @Override
    public void close() {
        sayClosed(WebSocketReader.NORMAL);
        connection.close();
    }

    private void sayClosed(int code) {
        if (closing.compareAndSet(false, true)) {
            ByteBuffer frame = ByteBuffer.allocate(LONGEST_HEAD);
            frame.put(head(CLOSE, Short.BYTES)).putShort((short) code).flip();
            connection.offer(frame);
        }
    }

    private final class Answers implements WebSocketReader.Control {

        @Override
        public void pong(byte[] payload) throws IOException {
            send(PONG, ByteBuffer.wrap(payload));
        }

        @Override
        public void closed(int code) {
            sayClosed(code);
            connection.clientGone();
        }
    }
}
