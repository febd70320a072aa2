package dev.gantry.daemon.service.filesystem;

import dev.gantry.daemon.type.EngineException;
import java.io.BufferedOutputStream;
import java.io.FilterInputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;

/**
 * Turns something that writes into a stream to read. Its end comes only after the writer has succeeded; where that
 * failed, the reader gets the failure instead. Closing before the end makes the writer's next write fail and waits for it
 * to let go.
 */
final class ArchivePipe extends FilterInputStream {

    private static final int PIPE = 512 * 1024;
    private static final int BUFFER = 64 * 1024;

    private final CompletableFuture<Void> writing;

    private ArchivePipe(PipedInputStream pipe, CompletableFuture<Void> writing) {
        super(pipe);
        this.writing = writing;
    }

    /** Writes to a stream. */
    interface Writer {
        void write(OutputStream target) throws IOException;
    }

    /** Starts a writer on a thread of the executor's. The caller closes the result. */
    static ArchivePipe of(Writer writer, Executor executor) throws IOException {
        PipedInputStream pipe = new PipedInputStream(PIPE);
        PipedOutputStream sink = new PipedOutputStream(pipe);
        CompletableFuture<Void> writing = CompletableFuture.runAsync(() -> write(writer, sink), executor);
        return new ArchivePipe(pipe, writing);
    }

    private static void write(Writer writer, PipedOutputStream sink) {
        try (sink) {
            OutputStream target = new BufferedOutputStream(new Flushing(sink), BUFFER);
            writer.write(target);
            target.flush();
        } catch (IOException e) {
            throw new CompletionException(e);
        }
    }

    /** A reader of a pipe is woken by a flush; without one it looks once a second. */
    private static final class Flushing extends FilterOutputStream {

        Flushing(OutputStream out) {
            super(out);
        }

        @Override
        public void write(byte[] bytes, int start, int length) throws IOException {
            out.write(bytes, start, length);
            out.flush();
        }
    }

    @Override
    public int read() throws IOException {
        int value = in.read();
        if (value < 0) {
            requireSuccess();
        }
        return value;
    }

    @Override
    public int read(byte[] buffer, int start, int length) throws IOException {
        int count = in.read(buffer, start, length);
        if (count < 0) {
            requireSuccess();
        }
        return count;
    }

    private void requireSuccess() throws IOException {
        try {
            writing.join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof EngineException known) {
                throw known;
            }
            throw new IOException("writing an archive failed: " + e.getCause(), e.getCause());
        }
    }

    @Override
    public void close() throws IOException {
        in.close();
        // the writer may hold descriptors that the caller closes next
        CompletableFuture<Void> settled = writing.exceptionally(failure -> null);
        settled.join();
    }
}
