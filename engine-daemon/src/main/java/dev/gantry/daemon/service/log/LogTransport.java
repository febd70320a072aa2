package dev.gantry.daemon.service.log;

import dev.gantry.daemon.runtime.log.LogLine;
import java.io.IOException;

/** A way to another system. Sends on one thread at a time; {@link #close} may come from any and ends a send. */
interface LogTransport extends AutoCloseable {

    /**
     * Sends a line, making the connection first where there is none.
     *
     * @throws IOException where the other side cannot be reached; the line may be sent again
     */
    void send(LogLine line) throws IOException;

    /** Ends the connection; a later send makes a new one. */
    @Override
    void close();
}
