package dev.gantry.daemon.api.wire;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.util.Objects;

/**
 * A connection that has become a raw stream in both directions. One thread may read while others write. The end of the
 * client's input does not end the output. Whoever asked for it closes it; closing wakes a blocked reader.
 */
public final class Hijacked implements Conversation {

    private final OwnedConnection connection;

    Hijacked(OwnedConnection connection) {
        this.connection = connection;
    }

    @Override
    public int read(ByteBuffer target) throws IOException {
        return connection.read(target);
    }

    @Override
    public void write(ByteBuffer... buffers) throws IOException {
        connection.write(buffers);
    }

    /** The client's input as a stream; closing it does nothing. */
    public InputStream input() {
        return new Input();
    }

    /** A view for writers of streams; gathers small writes, {@code flush} sends them. */
    public OutputStream output() {
        return new GatheringOutput(this);
    }

    @Override
    public void onClientGone(Runnable action) {
        connection.onGone(action);
    }

    /** Ends both directions and closes the socket. What was written still reaches the client. */
    @Override
    public void close() {
        connection.close();
    }

    private final class Input extends InputStream {

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] target, int offset, int length) throws IOException {
            Objects.checkFromIndexSize(offset, length, target.length);
            return length == 0 ? 0 : connection.read(ByteBuffer.wrap(target, offset, length));
        }
    }
}
