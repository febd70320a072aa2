package dev.gantry.daemon.api.wire;

import dev.gantry.daemon.type.EngineException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.apache.catalina.connector.Request;
import org.apache.coyote.http11.Http11InputBuffer;
import org.apache.tomcat.util.net.ApplicationBufferHandler;
import org.jspecify.annotations.Nullable;

/** Reads a small body whole and remembers what came behind it, which belongs to a stream that may follow. */
final class RequestBody implements ApplicationBufferHandler {

    /** No request of the API comes near it; archives and images are streamed. */
    private static final int LIMIT = 8 * 1024 * 1024;

    private final org.apache.coyote.Request request;
    private @Nullable ByteBuffer chunk;
    private int end = -1;
    private byte @Nullable [] content;

    RequestBody(Request request) {
        this.request = request.getCoyoteRequest();
    }

    /** The whole body. */
    byte[] bytes() throws IOException {
        if (content == null) {
            content = readAll();
        }
        return content;
    }

    private byte[] readAll() throws IOException {
        if (request.getContentLengthLong() > LIMIT) {
            throw tooLarge();
        }
        ByteArrayOutputStream all = new ByteArrayOutputStream((int) Math.max(0, request.getContentLengthLong()));
        byte[] piece = new byte[0];
        for (int read = request.doRead(this); read >= 0; read = request.doRead(this)) {
            ByteBuffer part = getByteBuffer();
            if (piece.length < part.remaining()) {
                piece = new byte[part.remaining()];
            }
            int size = part.remaining();
            end = part.limit();
            part.get(piece, 0, size);
            all.write(piece, 0, size);
            if (all.size() > LIMIT) {
                throw tooLarge();
            }
        }
        return all.toByteArray();
    }

    private static EngineException tooLarge() {
        return EngineException.invalid("The request body is larger than " + LIMIT + " bytes");
    }

    /** What was received behind a body of known length. */
    ByteBuffer overread() {
        if (end < 0 || request.getContentLengthLong() < 0) {
            return ByteBuffer.allocate(0);
        }
        ByteBuffer whole = ((Http11InputBuffer) request.getInputBuffer()).getByteBuffer();
        return whole.limit() > end ? whole.slice(end, whole.limit() - end) : ByteBuffer.allocate(0);
    }

    @Override
    public void setByteBuffer(ByteBuffer buffer) {
        this.chunk = buffer;
    }

    @Override
    public ByteBuffer getByteBuffer() {
        ByteBuffer current = chunk;
        return current == null ? ByteBuffer.allocate(0) : current;
    }

    @Override
    public void expand(int size) {
        // Tomcat hands over buffers of its own
    }
}
