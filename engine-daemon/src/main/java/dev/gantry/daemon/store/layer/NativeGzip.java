package dev.gantry.daemon.store.layer;

import com.sun.jna.Native;
import com.sun.jna.Pointer;
import dev.gantry.daemon.linux.inflate.GzipInflater;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.zip.DataFormatException;
import java.util.zip.ZipException;

/** Inflates gzip of one or more members with the host's fast library. */
final class NativeGzip implements Decompressor {

    private static final int MAGIC_START = 0x1f;

    private final InputStream source;
    private final GzipInflater inflater = new GzipInflater();
    private final byte[] compressed = new byte[65_536];

    NativeGzip(InputStream source) {
        this.source = source;
    }

    @Override
    public int read(ByteBuffer target) throws IOException {
        long address = Pointer.nativeValue(Native.getDirectBufferPointer(target)) + target.position();
        while (true) {
            if (inflater.memberEnded() && !findNextMember()) {
                return -1;
            }
            if (inflater.remainingInput() == 0 && !fill()) {
                // The library may hold the last bytes back when the target was full.
                int rest = inflate(address, target.remaining());
                if (rest > 0) {
                    target.position(target.position() + rest);
                    return rest;
                }
                if (inflater.memberEnded()) {
                    return -1;
                }
                throw new EOFException("gzip: the stream ends in the middle");
            }
            int count = inflate(address, target.remaining());
            if (count > 0) {
                target.position(target.position() + count);
                return count;
            }
        }
    }

    private int inflate(long address, int size) throws IOException {
        try {
            return inflater.inflate(address, size);
        } catch (DataFormatException e) {
            throw (IOException) new ZipException(e.getMessage()).initCause(e);
        }
    }

    private boolean fill() throws IOException {
        int count = source.read(compressed, 0, compressed.length);
        if (count > 0) {
            inflater.input(compressed, count);
        }
        return count > 0;
    }

    private boolean findNextMember() throws IOException {
        while (true) {
            if (inflater.remainingInput() == 0 && !fill()) {
                return false;
            }
            int next = inflater.peek();
            if (next == MAGIC_START) {
                inflater.nextMember();
                return true;
            }
            if (next != 0) {
                throw new ZipException("gzip: something else follows the stream");
            }
            inflater.skip();
        }
    }

    @Override
    public void close() {
        inflater.close();
    }
}
