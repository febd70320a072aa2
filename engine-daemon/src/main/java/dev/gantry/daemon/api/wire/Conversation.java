package dev.gantry.daemon.api.wire;

import java.io.IOException;
import java.nio.ByteBuffer;

/** A connection that carries bytes both ways. One thread may read while others write; closing wakes them all. */
public sealed interface Conversation extends ByteOutput, AutoCloseable permits Hijacked, WebSocket {

    /** Reads at least one byte, blocking; -1 when the client has ended its input, is gone, or this is closed. */
    int read(ByteBuffer target) throws IOException;

    /** Ends both directions. What was written still reaches the client. */
    @Override
    void close();
}
