package dev.gantry.client.transport;

import java.io.IOException;
import java.io.InputStream;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;

/**
 * An answer whose body is still to be read. Closing gives the connection back, or closes it when the body was not read
 * to its end; closing from another thread ends a blocked read.
 */
public final class EngineResponse implements AutoCloseable {

    private final int status;
    private final Map<String, String> headers;
    private final Connection connection;
    private final Body body;
    private final Consumer<Connection> giveBack;
    private boolean closed;

    EngineResponse(
            int status, Map<String, String> headers, Connection connection, Body body, Consumer<Connection> giveBack) {
        this.status = status;
        this.headers = headers;
        this.connection = connection;
        this.body = body;
        this.giveBack = giveBack;
    }

    public int status() {
        return status;
    }

    /** The value of a header, its name in any case; empty when it is missing. */
    public String header(String name) {
        return headers.getOrDefault(name.toLowerCase(Locale.ROOT), "");
    }

    /** The body; closed with this answer. */
    public InputStream body() {
        return body;
    }

    public byte[] readAll() throws IOException {
        return body.readAllBytes();
    }

    Connection connection() {
        return connection;
    }

    @Override
    public synchronized void close() throws IOException {
        if (closed) {
            return;
        }
        closed = true;
        if (body.isReusable() && !"close".equalsIgnoreCase(header("Connection"))) {
            giveBack.accept(connection);
        } else {
            connection.close();
        }
    }
}
