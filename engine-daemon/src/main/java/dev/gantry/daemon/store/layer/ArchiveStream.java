package dev.gantry.daemon.store.layer;

import com.sun.jna.Native;
import com.sun.jna.Pointer;
import dev.gantry.daemon.type.EngineException;
import dev.gantry.registry.Digest;
import java.io.EOFException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.security.MessageDigest;

/**
 * The uncompressed bytes of an archive in a window of native memory, hashed and counted as they come. For one thread; the
 * owner closes it.
 */
final class ArchiveStream implements AutoCloseable {

    private static final int WINDOW_SIZE = 262_144;
    private static final int HASH_PIECE = 32_768;

    private final CountingStream source;
    private final Decompressor decompressor;
    private final UnpackLimits limits;
    private final ByteBuffer window = ByteBuffer.allocateDirect(WINDOW_SIZE).flip();
    private final long address = Pointer.nativeValue(Native.getDirectBufferPointer(window));
    private final MessageDigest function = Digest.newSha256();
    private final boolean hashed;
    private final byte[] piece = new byte[HASH_PIECE];
    private long total;
    private boolean ended;

    ArchiveStream(InputStream compressed, UnpackLimits limits) throws IOException {
        this(compressed, limits, true);
    }

    /** A stream that nobody wants the hash of: several times as fast. */
    static ArchiveStream unhashed(InputStream compressed, UnpackLimits limits) throws IOException {
        return new ArchiveStream(compressed, limits, false);
    }

    private ArchiveStream(InputStream compressed, UnpackLimits limits, boolean hashed) throws IOException {
        this.hashed = hashed;
        this.source = new CountingStream(compressed);
        this.limits = limits;
        this.decompressor = Compression.open(source);
    }

    /** Bytes ready in the window. */
    int available() {
        return window.remaining();
    }

    /** Native address of the next byte. */
    long address() {
        return address + window.position();
    }

    /** Passes over bytes that are in the window. */
    void consume(int count) {
        window.position(window.position() + count);
    }

    /** Makes at least one byte ready; false at the end of the stream. */
    boolean fill() throws IOException {
        return window.hasRemaining() || fillTo(1);
    }

    private boolean fillTo(int wanted) throws IOException {
        while (window.remaining() < wanted && !ended) {
            window.compact();
            int start = window.position();
            // Large pieces, so that files are written in few calls.
            while (window.remaining() > WINDOW_SIZE / 4) {
                if (decompressor.read(window) < 0) {
                    ended = true;
                    break;
                }
            }
            int end = window.position();
            if (hashed) {
                hash(start, end);
            }
            window.flip();
            checkLimits(end - start);
        }
        return window.remaining() >= wanted;
    }

    private void hash(int start, int end) {
        int position = start;
        while (position < end) {
            int count = Math.min(piece.length, end - position);
            window.get(position, piece, 0, count);
            function.update(piece, 0, count);
            position += count;
        }
    }

    private void checkLimits(int added) {
        total += added;
        if (total > limits.bytes()) {
            throw EngineException.invalid("The layer is larger than the " + limits.bytes() + " bytes allowed");
        }
        if (total > UnpackLimits.RATIO_FLOOR && total / Math.max(1, source.count) > limits.ratio()) {
            throw EngineException.invalid(
                    "The layer expands to more than " + limits.ratio() + " times its compressed size");
        }
    }

    /** Fills an array; false when the stream ends before its first byte. */
    boolean readBlock(byte[] target) throws IOException {
        if (!fillTo(target.length)) {
            if (window.remaining() == 0) {
                return false;
            }
            throw new EOFException("The archive ends in the middle of a header");
        }
        window.get(target);
        return true;
    }

    /** Reads as many bytes as the array has, which may be more than the window. */
    void readFully(byte[] target) throws IOException {
        int done = 0;
        while (done < target.length) {
            requireMore();
            int count = Math.min(available(), target.length - done);
            window.get(target, done, count);
            done += count;
        }
    }

    /** Passes over bytes. */
    void skip(long count) throws IOException {
        long left = count;
        while (left > 0) {
            requireMore();
            int step = (int) Math.min(available(), left);
            consume(step);
            left -= step;
        }
    }

    /** Makes at least one byte ready. */
    void requireMore() throws IOException {
        if (!fill()) {
            throw new EOFException("The archive ends in the middle of a file");
        }
    }

    /** Reads to the end and gives the hash of all bytes, those behind the archive's end included. */
    Digest drain() throws IOException {
        while (fill()) {
            consume(available());
        }
        source.drain();
        return Digest.sha256(function);
    }

    @Override
    public void close() {
        decompressor.close();
    }

    private static final class CountingStream extends FilterInputStream {

        long count;

        CountingStream(InputStream source) {
            super(source);
        }

        @Override
        public int read() throws IOException {
            int value = in.read();
            count += value < 0 ? 0 : 1;
            return value;
        }

        @Override
        public int read(byte[] buffer, int offset, int length) throws IOException {
            int read = in.read(buffer, offset, length);
            count += Math.max(0, read);
            return read;
        }

        /** Lets a tee see the last bytes, which no decompressor asked for. */
        void drain() throws IOException {
            in.transferTo(OutputStreams.NOWHERE);
        }
    }

    private static final class OutputStreams {
        static final java.io.OutputStream NOWHERE = java.io.OutputStream.nullOutputStream();
    }
}
