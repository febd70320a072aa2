package dev.gantry.daemon.runtime.monitor;

import dev.gantry.daemon.runtime.Attachment;
import dev.gantry.daemon.runtime.OutputSink;
import dev.gantry.daemon.type.StreamType;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/** Reads an attachment to its end on another thread. */
final class Reading implements AutoCloseable {

    private final Attachment attachment;
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final Future<?> end;

    private Reading(Attachment attachment, ExecutorService executor) {
        this.attachment = attachment;
        this.end = executor.submit(() -> attachment.readOutput(new Sink()));
    }

    static Reading start(ExecutorService executor, Attachment attachment) {
        return new Reading(attachment, executor);
    }

    void write(String text) {
        attachment.writeInput(ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)));
    }

    Attachment attachment() {
        return attachment;
    }

    String soFar() {
        synchronized (bytes) {
            return bytes.toString(StandardCharsets.UTF_8);
        }
    }

    /** All output, once there is no more. */
    String text() throws Exception {
        end.get(30, TimeUnit.SECONDS);
        return soFar();
    }

    @Override
    public void close() {
        attachment.close();
    }

    private final class Sink implements OutputSink {
        @Override
        public void write(StreamType stream, ByteBuffer buffer) {
            byte[] copy = new byte[buffer.remaining()];
            buffer.get(copy);
            synchronized (bytes) {
                bytes.writeBytes(copy);
            }
        }

        @Override
        public void flush() {}
    }
}
