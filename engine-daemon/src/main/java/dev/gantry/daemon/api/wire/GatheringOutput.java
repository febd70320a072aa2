package dev.gantry.daemon.api.wire;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.util.Objects;

/** Gathers small writes into large ones. For one thread; closing sends the rest and leaves the connection open. */
final class GatheringOutput extends OutputStream {

    private static final int SIZE = 64 * 1024;

    private final ByteOutput target;
    private final ByteBuffer gathered = ByteBuffer.allocate(SIZE);

    GatheringOutput(ByteOutput target) {
        this.target = target;
    }

    @Override
    public void write(int value) throws IOException {
        if (!gathered.hasRemaining()) {
            flush();
        }
        gathered.put((byte) value);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        Objects.checkFromIndexSize(offset, length, bytes.length);
        if (length > gathered.remaining()) {
            flush();
            if (length >= SIZE) {
                target.write(ByteBuffer.wrap(bytes, offset, length));
                return;
            }
        }
        gathered.put(bytes, offset, length);
    }

    @Override
    public void flush() throws IOException {
        gathered.flip();
        try {
            if (gathered.hasRemaining()) {
                target.write(gathered);
            }
        } finally {
            gathered.clear();
        }
    }

    @Override
    public void close() throws IOException {
        flush();
    }
}
