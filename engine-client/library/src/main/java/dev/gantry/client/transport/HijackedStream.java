package dev.gantry.client.transport;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/**
 * A connection taken over for the streams of a process. One thread may read while another writes; whoever asked for it
 * closes it.
 */
public final class HijackedStream implements AutoCloseable {

    private static final String MULTIPLEXED = "application/vnd.docker.multiplexed-stream";

    private final Connection connection;
    private final String contentType;

    HijackedStream(Connection connection, String contentType) {
        this.connection = connection;
        this.contentType = contentType;
    }

    /** Whether the engine says that output comes in frames; engines before 1.42 do not say. */
    public boolean isMultiplexed() {
        return contentType.startsWith(MULTIPLEXED);
    }

    /** What the process writes, up to its end. */
    public InputStream input() {
        return connection.input();
    }

    /** What the process reads. */
    public OutputStream output() {
        return connection.output();
    }

    /** Ends what the process reads; its output goes on. */
    public void closeOutput() throws IOException {
        connection.shutdownOutput();
    }

    @Override
    public void close() throws IOException {
        connection.close();
    }
}
