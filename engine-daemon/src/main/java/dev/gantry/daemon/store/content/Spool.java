package dev.gantry.daemon.store.content;

import dev.gantry.daemon.store.metadata.DurableFile;
import dev.gantry.daemon.type.EngineException;
import dev.gantry.registry.Digest;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.util.Optional;
import java.util.function.Function;

/**
 * Stores one blob whose digest is found out as its bytes come: read the {@link #tee} to its end, {@link #finish}, then
 * {@link #commit} or close, which throws it away. Holds no descriptor once finished. For one thread at a time; the owner
 * closes it.
 */
public final class Spool implements AutoCloseable {

    private final Path file;
    private final Function<Digest, Path> places;
    private final FileChannel channel;
    private final MessageDigest function = Digest.newSha256();
    private long size;
    private Optional<Digest> digest = Optional.empty();

    Spool(Path file, Function<Digest, Path> places) throws IOException {
        this.file = file;
        this.places = places;
        this.channel = FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
    }

    /** A stream of the source's bytes, which are stored and hashed as they are read. Closing it closes nothing. */
    public InputStream tee(InputStream source) {
        return new Tee(source);
    }

    /** Ends the writing. Returns what the bytes hash to. */
    public Digest finish() {
        if (digest.isEmpty()) {
            try {
                channel.close();
            } catch (IOException e) {
                throw failed(e);
            }
            digest = Optional.of(Digest.sha256(function));
        }
        return digest.get();
    }

    /** Bytes that have come. */
    public long size() {
        return size;
    }

    /** Opens what was stored; after {@link #finish} and before {@link #commit}. The caller closes the stream. */
    public InputStream open() {
        try {
            return Files.newInputStream(file);
        } catch (IOException e) {
            throw failed(e);
        }
    }

    /** Makes the blob appear; it survives a crash from then on. */
    public void commit() {
        Path place = places.apply(finish());
        if (Files.isRegularFile(place)) {
            close();
            return;
        }
        try (FileChannel whole = FileChannel.open(file, StandardOpenOption.WRITE)) {
            whole.force(true);
            DurableFile.move(file, place);
        } catch (IOException e) {
            throw failed(e);
        }
    }

    /** Throws away what was not committed. */
    @Override
    public void close() {
        try (channel) {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            throw failed(e);
        }
    }

    private static EngineException failed(IOException e) {
        return EngineException.internal("Cannot store a blob: " + e.getMessage(), e);
    }

    private final class Tee extends FilterInputStream {

        Tee(InputStream source) {
            super(source);
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
        }

        @Override
        public int read(byte[] buffer, int start, int length) throws IOException {
            int count = in.read(buffer, start, length);
            if (count > 0) {
                store(buffer, start, count);
            }
            return count;
        }

        private void store(byte[] buffer, int start, int count) {
            try {
                ByteBuffer bytes = ByteBuffer.wrap(buffer, start, count);
                while (bytes.hasRemaining()) {
                    size += channel.write(bytes);
                }
            } catch (IOException e) {
                throw failed(e);
            }
            function.update(buffer, start, count);
        }

        @Override
        public void close() {
            // The owner of the source closes it.
        }
    }
}
