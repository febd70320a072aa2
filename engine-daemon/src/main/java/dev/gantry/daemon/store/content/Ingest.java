package dev.gantry.daemon.store.content;

import dev.gantry.daemon.failpoint.Failpoint;
import dev.gantry.daemon.store.metadata.DurableFile;
import dev.gantry.daemon.type.EngineException;
import dev.gantry.registry.Digest;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.OptionalLong;

/**
 * Stores one blob: bytes go in by {@link #write} or by reading the {@link #tee}, then {@link #commit} makes the blob
 * appear, whole and verified. Closing without a commit keeps what has arrived, so that a later ingest of the same digest
 * starts at its {@link #offset}. For one thread at a time; the owner closes it.
 */
public final class Ingest implements AutoCloseable {

    private static final int BUFFER_SIZE = 65_536;

    private final FileChannel file;
    private final Path partial;
    private final Path blob;
    private final Digest expected;
    private final OptionalLong expectedSize;
    private final Runnable ended;
    private MessageDigest function;
    private long hashed;
    private long size;
    private boolean open = true;

    private Ingest(
            FileChannel file, Path partial, Path blob, Digest expected, OptionalLong expectedSize, Runnable ended)
            throws IOException {
        this.file = file;
        this.partial = partial;
        this.blob = blob;
        this.expected = expected;
        this.expectedSize = expectedSize;
        this.ended = ended;
        this.function = expected.newFunction();
        this.size = file.size();
    }

    static Ingest open(Path partial, Path blob, Digest expected, OptionalLong expectedSize, Runnable ended)
            throws IOException {
        FileChannel file =
                FileChannel.open(partial, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
        try {
            Ingest ingest = new Ingest(file, partial, blob, expected, expectedSize, ended);
            if (expectedSize.isPresent() && ingest.size > expectedSize.getAsLong()) {
                ingest.restart();
            }
            return ingest;
        } catch (IOException e) {
            file.close();
            throw e;
        }
    }

    /** Bytes that are there already: the next byte to write has this place in the blob. */
    public long offset() {
        return size;
    }

    /** Forgets what has arrived, for a source that cannot start in the middle. */
    public void restart() {
        try {
            file.truncate(0);
        } catch (IOException e) {
            throw failed(e);
        }
        size = 0;
        hashed = 0;
        function = expected.newFunction();
    }

    /**
     * Adds bytes at {@link #offset}.
     *
     * @throws EngineException INVALID when they are more than the blob has
     */
    public void write(byte[] bytes, int start, int length) {
        try {
            hashStored();
            append(bytes, start, length);
        } catch (IOException e) {
            throw failed(e);
        }
    }

    /**
     * A stream of the whole blob: first what is stored already, then the bytes of the source, which must start at
     * {@link #offset} and are stored and hashed as they are read. Read it to its end, then commit. Closing it closes
     * neither the source nor the ingest.
     */
    public InputStream tee(InputStream source) {
        return new Tee(source);
    }

    private void append(byte[] bytes, int start, int length) throws IOException {
        if (expectedSize.isPresent() && size + length > expectedSize.getAsLong()) {
            throw EngineException.invalid(
                    "The blob " + expected + " is longer than the " + expectedSize.getAsLong() + " bytes promised");
        }
        ByteBuffer remaining = ByteBuffer.wrap(bytes, start, length);
        long position = size;
        while (remaining.hasRemaining()) {
            position += file.write(remaining, position);
        }
        function.update(bytes, start, length);
        size = position;
        Failpoint.BLOB_PARTIAL.reach();
        hashed = position;
    }

    private void hashStored() throws IOException {
        byte[] buffer = new byte[BUFFER_SIZE];
        while (hashed < size) {
            readStored(buffer, 0, buffer.length);
        }
    }

    private int readStored(byte[] buffer, int start, int length) throws IOException {
        int count = file.read(ByteBuffer.wrap(buffer, start, (int) Math.min(length, size - hashed)), hashed);
        if (count <= 0) {
            throw new EOFException("The stored beginning of " + expected + " became shorter");
        }
        function.update(buffer, start, count);
        hashed += count;
        return count;
    }

    /**
     * Verifies the blob and makes it appear; it survives a crash from then on. When the content is not what the digest
     * says, it is thrown away.
     *
     * @throws EngineException INVALID when the size or the hash differ
     */
    public void commit() {
        try {
            hashStored();
            if (expectedSize.isPresent() && size != expectedSize.getAsLong()) {
                throw EngineException.invalid("The blob " + expected + " has " + size + " bytes instead of the "
                        + expectedSize.getAsLong() + " promised");
            }
            String actual = HexFormat.of().formatHex(function.digest());
            if (!actual.equals(expected.hex())) {
                restart();
                throw EngineException.invalid(
                        "The content of the blob " + expected + " hashes to " + expected.algorithm() + ":" + actual);
            }
            file.force(true);
            DurableFile.move(partial, blob);
        } catch (IOException e) {
            throw failed(e);
        } finally {
            close();
        }
    }

    /** Gives up and deletes what has arrived. */
    public void abort() {
        DurableFile.delete(partial);
        close();
    }

    @Override
    public void close() {
        if (!open) {
            return;
        }
        open = false;
        try {
            file.close();
        } catch (IOException e) {
            throw failed(e);
        } finally {
            ended.run();
        }
    }

    private EngineException failed(IOException e) {
        return EngineException.internal("Cannot store the blob " + expected + ": " + e.getMessage(), e);
    }

    private final class Tee extends InputStream {

        private final InputStream source;
        private final byte[] single = new byte[1];

        Tee(InputStream source) {
            this.source = source;
            if (hashed != size || size != 0) {
                function = expected.newFunction();
                hashed = 0;
            }
        }

        @Override
        public int read() throws IOException {
            return read(single, 0, 1) < 0 ? -1 : single[0] & 0xFF;
        }

        @Override
        public int read(byte[] buffer, int start, int length) throws IOException {
            if (length == 0) {
                return 0;
            }
            if (hashed < size) {
                return readStored(buffer, start, length);
            }
            int count = source.read(buffer, start, length);
            if (count > 0) {
                // A full disk is not a broken connection: the caller must not take it for one and try again.
                write(buffer, start, count);
            }
            return count;
        }
    }
}
