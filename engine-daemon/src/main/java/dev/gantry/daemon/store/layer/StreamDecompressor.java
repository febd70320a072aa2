package dev.gantry.daemon.store.layer;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;

/** Reads what a stream of Java decompresses. */
final class StreamDecompressor implements Decompressor {

    private final InputStream stream;
    private final byte[] buffer = new byte[65_536];

    StreamDecompressor(InputStream stream) {
        this.stream = stream;
    }

    @Override
    public int read(ByteBuffer target) throws IOException {
        int count = stream.read(buffer, 0, Math.min(buffer.length, target.remaining()));
        if (count > 0) {
            target.put(buffer, 0, count);
        }
        return count;
    }

    @Override
    public void close() {
        try {
            stream.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
