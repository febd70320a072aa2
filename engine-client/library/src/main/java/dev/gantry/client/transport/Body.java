package dev.gantry.client.transport;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;

/** The body of an answer: of known length, chunked, or up to the end of the connection. */
final class Body extends InputStream {

    private enum Kind {
        LENGTH,
        CHUNKED,
        UNTIL_CLOSE
    }

    private final Connection connection;
    private final Kind kind;
    private long remaining;
    private boolean firstChunk = true;
    private boolean finished;

    private Body(Connection connection, Kind kind, long length) {
        this.connection = connection;
        this.kind = kind;
        this.remaining = length;
        this.finished = kind == Kind.LENGTH && length == 0;
    }

    static Body ofLength(Connection connection, long length) {
        return new Body(connection, Kind.LENGTH, length);
    }

    static Body chunked(Connection connection) {
        return new Body(connection, Kind.CHUNKED, 0);
    }

    static Body untilClose(Connection connection) {
        return new Body(connection, Kind.UNTIL_CLOSE, Long.MAX_VALUE);
    }

    /** Whether the connection stands at the end of the answer and can carry another request. */
    boolean isReusable() {
        return finished && kind != Kind.UNTIL_CLOSE;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        if (finished) {
            return -1;
        }
        if (length == 0) {
            return 0;
        }
        if (kind == Kind.CHUNKED && remaining == 0 && !nextChunk()) {
            return -1;
        }
        int count = connection.read(bytes, offset, (int) Math.min(length, remaining));
        if (count < 0) {
            finished = true;
            if (kind == Kind.UNTIL_CLOSE) {
                return -1;
            }
            throw new EOFException("the engine closed the connection in the middle of an answer");
        }
        if (kind != Kind.UNTIL_CLOSE) {
            remaining -= count;
            finished = kind == Kind.LENGTH && remaining == 0;
        }
        return count;
    }

    private boolean nextChunk() throws IOException {
        if (!firstChunk) {
            connection.readLine();
        }
        firstChunk = false;
        String line = connection.readLine();
        int extension = line.indexOf(';');
        try {
            remaining = Long.parseLong((extension < 0 ? line : line.substring(0, extension)).strip(), 16);
        } catch (NumberFormatException e) {
            throw new IOException("the engine sent an invalid chunk size", e);
        }
        if (remaining > 0) {
            return true;
        }
        while (!connection.readLine().isEmpty()) {
            // Trailers carry nothing for us.
        }
        finished = true;
        return false;
    }
}
