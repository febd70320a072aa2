package dev.gantry.daemon.api.wire;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import tools.jackson.databind.json.JsonMapper;

/**
 * An answer of unknown length and duration with status 200, sent in chunks. The headers are out before this object
 * exists. Each write is a chunk and reaches the client at once. Closing completes the answer and the connection; an
 * answer that is not closed, because its handler failed, ends in the middle, which the client notices.
 */
public final class ChunkedStream implements ByteOutput, AutoCloseable {

    private static final byte[] LINE_END = {'\r', '\n'};
    private static final byte[] LAST = "0\r\n\r\n".getBytes(StandardCharsets.US_ASCII);

    private final OwnedConnection connection;
    private final JsonMapper mapper;
    private final boolean chunked;

    ChunkedStream(OwnedConnection connection, JsonMapper mapper, boolean chunked) {
        this.connection = connection;
        this.mapper = mapper;
        this.chunked = chunked;
    }

    /** Writes a value as one line of JSON. */
    public void json(Object value) throws IOException {
        byte[] text = mapper.writeValueAsBytes(value);
        write(ByteBuffer.wrap(text), ByteBuffer.wrap(new byte[] {'\n'}));
    }

    /**
     * Tells the client in band that the work has failed: {@code {"errorDetail":{"message":..},"error":..}}. The last
     * thing to write.
     */
    public void error(String message) throws IOException {
        json(ErrorBody.InBand.of(message));
    }

    @Override
    public void write(ByteBuffer... buffers) throws IOException {
        int size = 0;
        for (ByteBuffer buffer : buffers) {
            size += buffer.remaining();
        }
        if (size == 0) {
            return;
        }
        if (!chunked) {
            connection.write(buffers);
            return;
        }
        ByteBuffer[] chunk = new ByteBuffer[buffers.length + 2];
        chunk[0] = ByteBuffer.wrap((Integer.toHexString(size) + "\r\n").getBytes(StandardCharsets.US_ASCII));
        System.arraycopy(buffers, 0, chunk, 1, buffers.length);
        chunk[chunk.length - 1] = ByteBuffer.wrap(LINE_END);
        connection.write(chunk);
    }

    /** A view for writers of streams, such as archives; gathers small writes, {@code flush} sends them. */
    public OutputStream output() {
        return new GatheringOutput(this);
    }

    @Override
    public void onClientGone(Runnable action) {
        connection.onGone(action);
    }

    /** Completes the answer. Does nothing where the client has gone. */
    @Override
    public void close() throws IOException {
        if (!connection.isOpen()) {
            return;
        }
        try (connection) {
            if (chunked) {
                connection.write(ByteBuffer.wrap(LAST));
            }
        } catch (ClientGoneException gone) {
            // the work is done and nobody wants to hear it
            return;
        }
    }
}
