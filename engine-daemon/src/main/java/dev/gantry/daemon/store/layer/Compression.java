package dev.gantry.daemon.store.layer;

import com.github.luben.zstd.ZstdInputStreamNoFinalizer;
import dev.gantry.daemon.linux.inflate.GzipInflater;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.util.HexFormat;
import org.apache.commons.compress.compressors.bzip2.BZip2CompressorInputStream;
import org.tukaani.xz.XZInputStream;

/** Recognises how an archive is compressed by its first bytes, once: what comes out is taken as it is. */
enum Compression {
    GZIP("1f8b"),
    ZSTD("28b52ffd"),
    /** A zstd stream may begin with a frame to be skipped, as seekable formats have. */
    ZSTD_SKIPPABLE("502a4d18"),
    BZIP2("425a68"),
    XZ("fd377a585a00"),
    NONE("");

    private static final int LONGEST_MAGIC = 6;

    /** An xz stream may ask for a dictionary of gigabytes; this is what xz -9 needs, in KiB. */
    private static final int XZ_MEMORY_LIMIT = 70_000;

    private final String magic;

    Compression(String magic) {
        this.magic = magic;
    }

    private static Compression of(byte[] start) {
        String digits = HexFormat.of().formatHex(start);
        for (Compression compression : values()) {
            if (digits.startsWith(compression.magic)) {
                return compression;
            }
        }
        throw new IllegalStateException("Everything begins with nothing");
    }

    /** Opens a stream for what it is; the source stays the caller's. */
    static Decompressor open(InputStream source) throws IOException {
        byte[] start = source.readNBytes(LONGEST_MAGIC);
        InputStream whole = new SequenceInputStream(new ByteArrayInputStream(start), new Unclosed(source));
        return switch (of(start)) {
            case GZIP -> GzipInflater.isAvailable() ? new NativeGzip(whole) : new PlatformGzip(whole);
            case ZSTD, ZSTD_SKIPPABLE -> new StreamDecompressor(new ZstdInputStreamNoFinalizer(whole));
            case BZIP2 -> new StreamDecompressor(new BZip2CompressorInputStream(whole, true));
            case XZ -> new StreamDecompressor(new XZInputStream(whole, XZ_MEMORY_LIMIT));
            case NONE -> new StreamDecompressor(whole);
        };
    }

    private static final class Unclosed extends java.io.FilterInputStream {
        Unclosed(InputStream source) {
            super(source);
        }

        @Override
        public int read(byte[] buffer, int offset, int length) throws IOException {
            return in.read(buffer, offset, length);
        }

        @Override
        public void close() {
            // The caller closes the source.
        }
    }
}
