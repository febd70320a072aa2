package dev.gantry.daemon.store.layer;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.PushbackInputStream;
import java.nio.ByteBuffer;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
import java.util.zip.ZipException;

/** Inflates gzip of one or more members with what every Java platform has. */
final class PlatformGzip implements Decompressor {

    private static final int FLAG_HEADER_CRC = 2;
    private static final int FLAG_EXTRA = 4;
    private static final int FLAG_NAME = 8;
    private static final int FLAG_COMMENT = 16;

    private final PushbackInputStream source;
    private final Inflater inflater = new Inflater(true);
    private final CRC32 checksum = new CRC32();
    private final byte[] compressed = new byte[65_536];
    private int filled;
    private boolean inMember;

    PlatformGzip(InputStream source) {
        this.source = new PushbackInputStream(source, compressed.length);
    }

    @Override
    public int read(ByteBuffer target) throws IOException {
        while (true) {
            if (!inMember && !beginMember()) {
                return -1;
            }
            if (inflater.needsInput()) {
                filled = source.read(compressed, 0, compressed.length);
                if (filled < 0) {
                    throw new EOFException("gzip: the stream ends in the middle");
                }
                inflater.setInput(compressed, 0, filled);
            }
            int count = inflate(target);
            if (inflater.finished()) {
                endMember();
            }
            if (count > 0) {
                return count;
            }
        }
    }

    private int inflate(ByteBuffer target) throws IOException {
        int start = target.position();
        try {
            int count = inflater.inflate(target);
            checksum.update(target.duplicate().flip().position(start));
            return count;
        } catch (DataFormatException e) {
            throw (IOException) new ZipException("gzip: " + e.getMessage()).initCause(e);
        }
    }

    private boolean beginMember() throws IOException {
        int first = source.read();
        while (first == 0) {
            first = source.read();
        }
        if (first < 0) {
            return false;
        }
        if (first != 0x1f || next() != 0x8b || next() != 8) {
            throw new ZipException("gzip: something else follows the stream");
        }
        int flags = next();
        source.skipNBytes(6);
        if ((flags & FLAG_EXTRA) != 0) {
            source.skipNBytes(next() | next() << 8);
        }
        if ((flags & FLAG_NAME) != 0) {
            skipText();
        }
        if ((flags & FLAG_COMMENT) != 0) {
            skipText();
        }
        if ((flags & FLAG_HEADER_CRC) != 0) {
            source.skipNBytes(2);
        }
        inflater.reset();
        checksum.reset();
        inMember = true;
        return true;
    }

    private void skipText() throws IOException {
        int value = next();
        while (value != 0) {
            value = next();
        }
    }

    private void endMember() throws IOException {
        int left = inflater.getRemaining();
        source.unread(compressed, filled - left, left);
        long expected = nextInt();
        long length = nextInt();
        if (expected != checksum.getValue() || length != (inflater.getBytesWritten() & 0xFFFFFFFFL)) {
            throw new ZipException("gzip: the checksum of the content is wrong");
        }
        inMember = false;
    }

    private long nextInt() throws IOException {
        return next() | (long) next() << 8 | (long) next() << 16 | (long) next() << 24;
    }

    private int next() throws IOException {
        int value = source.read();
        if (value < 0) {
            throw new EOFException("gzip: the stream ends in the middle");
        }
        return value;
    }

    @Override
    public void close() {
        inflater.end();
    }
}
