package dev.gantry.daemon.api.docker.container;

import dev.gantry.daemon.api.wire.ClientGoneException;
import dev.gantry.daemon.api.wire.Conversation;
import dev.gantry.daemon.api.wire.FrameWriter;
import dev.gantry.daemon.runtime.Attachment;
import dev.gantry.daemon.runtime.OutputSink;
import dev.gantry.daemon.type.StreamType;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;

/**
 * Carries the streams of a process to a client and back. Output runs on the caller's thread, input on one of its own,
 * which ends when the connection closes.
 */
final class StreamPump {

    private static final int INPUT_BUFFER = 64 * 1024;

    private final Conversation client;
    private final FrameWriter frames;
    private final StreamChoice choice;
    private final DetachKeys detachKeys;

    StreamPump(Conversation client, FrameWriter frames, StreamChoice choice, DetachKeys detachKeys) {
        this.client = client;
        this.frames = frames;
        this.choice = choice;
        this.detachKeys = detachKeys;
    }

    /** Runs until the process ends its output, or the client goes or detaches. Closes the attachment. */
    void run(Attachment attachment, boolean stdin) throws IOException {
        try (attachment) {
            if (stdin) {
                Thread input = new Thread(null, () -> carryInput(attachment), "stdin", 256 * 1024);
                input.setDaemon(true);
                input.start();
            }
            attachment.readOutput(new Output());
            frames.flush();
        } catch (UncheckedIOException e) {
            if (!(e.getCause() instanceof ClientGoneException)) {
                throw e.getCause();
            }
        } catch (ClientGoneException gone) {
            return;
        }
    }

    private void carryInput(Attachment attachment) {
        ByteBuffer buffer = ByteBuffer.allocateDirect(INPUT_BUFFER);
        DetachKeys.Matcher matcher = detachKeys.matcher();
        try {
            while (client.read(buffer) >= 0) {
                DetachKeys.Passed passed = matcher.pass(buffer.flip());
                attachment.writeInput(passed.bytes());
                if (passed.detach()) {
                    client.close();
                    attachment.close();
                    return;
                }
                buffer.clear();
            }
            attachment.endInput();
        } catch (IOException | IllegalStateException connectionClosed) {
            // the output side ends the connection and says why
            attachment.close();
        }
    }

    private final class Output implements OutputSink {

        @Override
        public void write(StreamType stream, ByteBuffer bytes) {
            if (!choice.includes(stream)) {
                return;
            }
            try {
                frames.write(stream, bytes);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        @Override
        public void flush() {
            try {
                frames.flush();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
