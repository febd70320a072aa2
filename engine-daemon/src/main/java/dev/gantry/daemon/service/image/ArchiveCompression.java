package dev.gantry.daemon.service.image;

import com.github.luben.zstd.ZstdInputStreamNoFinalizer;
import dev.gantry.daemon.store.content.Spool;
import dev.gantry.daemon.type.EngineException;
import dev.gantry.registry.MediaType;
import java.io.BufferedInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.zip.GZIPInputStream;
import org.apache.commons.compress.compressors.bzip2.BZip2CompressorInputStream;
import org.tukaani.xz.XZInputStream;

/** Takes the compression off an archive that may have one: gzip, zstd, bzip2 or xz, told by the first bytes. */
final class ArchiveCompression {

    private static final int[] GZIP = {0x1f, 0x8b};
    private static final int[] ZSTD = {0x28, 0xb5, 0x2f, 0xfd};
    private static final int[] BZIP2 = {'B', 'Z', 'h'};
    private static final int[] XZ = {0xfd, '7', 'z', 'X', 'Z', 0};

    private static final int BUFFER = 1 << 16;
    private static final int MAGIC = 6;
    private static final int XZ_MEMORY_KIB = 70_000;
    /** Up to here any ratio is harmless. */
    private static final long RATIO_FLOOR = 1L << 30;

    private static final int MAX_RATIO = 400;

    private ArchiveCompression() {}

    /** The plain bytes of an archive. Closing the result leaves the source open. */
    static InputStream open(InputStream source) throws IOException {
        Counted counted = new Counted(source);
        BufferedInputStream buffered = new BufferedInputStream(counted, BUFFER);
        buffered.mark(MAGIC);
        byte[] magic = buffered.readNBytes(MAGIC);
        buffered.reset();
        InputStream plain = plain(buffered, magic);
        return plain == buffered ? buffered : new Bounded(plain, counted);
    }

    private static InputStream plain(InputStream source, byte[] magic) throws IOException {
        if (starts(magic, GZIP)) {
            return new BufferedInputStream(new GZIPInputStream(source, BUFFER), BUFFER);
        }
        if (starts(magic, ZSTD)) {
            return new ZstdInputStreamNoFinalizer(source);
        }
        if (starts(magic, BZIP2)) {
            return new BZip2CompressorInputStream(source, true);
        }
        if (starts(magic, XZ)) {
            return new XZInputStream(source, XZ_MEMORY_KIB);
        }
        return source;
    }

    /** The media type of a spooled layer. Those that OCI has no name for get one of the same form. */
    static String layerType(Spool spool) {
        try (InputStream stream = spool.open()) {
            byte[] magic = stream.readNBytes(MAGIC);
            if (starts(magic, GZIP)) {
                return MediaType.OCI_LAYER_GZIP;
            }
            if (starts(magic, ZSTD)) {
                return MediaType.OCI_LAYER_ZSTD;
            }
            if (starts(magic, BZIP2)) {
                return MediaType.OCI_LAYER + "+bzip2";
            }
            return starts(magic, XZ) ? MediaType.OCI_LAYER + "+xz" : MediaType.OCI_LAYER;
        } catch (IOException e) {
            throw EngineException.internal("Cannot read what was spooled: " + e.getMessage(), e);
        }
    }

    private static boolean starts(byte[] bytes, int[] magic) {
        if (bytes.length < magic.length) {
            return false;
        }
        for (int i = 0; i < magic.length; i++) {
            if (bytes[i] != (byte) magic[i]) {
                return false;
            }
        }
        return true;
    }

    private static final class Counted extends FilterInputStream {
        long count;

        Counted(InputStream source) {
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

        @Override
        public void close() {
            // The caller closes the source.
        }
    }

    /** Refuses what expands beyond reason. */
    private static final class Bounded extends FilterInputStream {
        private final Counted compressed;
        private long total;

        Bounded(InputStream plain, Counted compressed) {
            super(plain);
            this.compressed = compressed;
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
        }

        @Override
        public int read(byte[] buffer, int offset, int length) throws IOException {
            int read = in.read(buffer, offset, length);
            total += Math.max(0, read);
            if (total > RATIO_FLOOR && total / Math.max(1, compressed.count) > MAX_RATIO) {
                throw EngineException.invalid(
                        "The archive expands to more than " + MAX_RATIO + " times its compressed size");
            }
            return read;
        }
    }
}
