package dev.gantry.daemon.store.layer;

import java.io.IOException;
import java.nio.ByteBuffer;

/** Turns a compressed stream into bytes of native memory. */
interface Decompressor extends AutoCloseable {

    /**
     * Puts bytes into a direct buffer, from its position on.
     *
     * @return how many, at least 1, or -1 at the end of the stream
     */
    int read(ByteBuffer target) throws IOException;

    /** Frees native memory; leaves the source open. */
    @Override
    void close();
}
