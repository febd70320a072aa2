package dev.gantry.daemon.api.wire;

import java.io.IOException;
import java.nio.ByteBuffer;

/** Where the bytes of a long answer go: as chunks or raw. Safe for several writers; each write stays in one piece. */
public sealed interface ByteOutput permits ChunkedStream, Conversation {

    /**
     * Writes all remaining bytes of all buffers and returns when the kernel has them. Blocks while the client does
     * not read. Direct buffers save a copy.
     *
     * @throws ClientGoneException if the client has closed the connection
     */
    void write(ByteBuffer... buffers) throws IOException;

    /** Runs the action once, when the client closes the connection or the daemon stops, at once if that has happened. */
    void onClientGone(Runnable action);
}
