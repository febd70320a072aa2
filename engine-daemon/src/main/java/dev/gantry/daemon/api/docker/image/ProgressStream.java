package dev.gantry.daemon.api.docker.image;

import dev.gantry.api.ProgressMessage;
import dev.gantry.daemon.api.wire.ChunkedStream;
import dev.gantry.daemon.api.wire.Exchange;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * An answer of progress lines that begins with the first of them, so that a failure before gets a status of its own.
 * When the client goes, the thread that answers is interrupted. Belongs to that thread, which closes it.
 */
final class ProgressStream implements AutoCloseable {

    private final Exchange exchange;
    private final Thread answering = Thread.currentThread();
    private final Object lock = new Object();
    private @Nullable ChunkedStream stream;
    private boolean ended;

    ProgressStream(Exchange exchange) {
        this.exchange = exchange;
    }

    /** Sends a line. */
    void send(ProgressMessage line) throws IOException {
        begun().json(line);
    }

    /** Completes the answer; without this the client notices that it is cut short. */
    void complete() throws IOException {
        ChunkedStream begun = begun();
        close();
        begun.close();
    }

    private ChunkedStream begun() throws IOException {
        ChunkedStream begun = stream;
        if (begun == null) {
            begun = exchange.stream("application/json");
            begun.onClientGone(this::interrupt);
            stream = begun;
        }
        return begun;
    }

    private void interrupt() {
        synchronized (lock) {
            if (!ended) {
                answering.interrupt();
            }
        }
    }

    /** From now on the thread is not interrupted any more. */
    @Override
    public void close() {
        synchronized (lock) {
            ended = true;
        }
    }
}
