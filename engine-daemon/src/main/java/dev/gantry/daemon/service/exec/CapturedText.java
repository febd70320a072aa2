package dev.gantry.daemon.service.exec;

import dev.gantry.daemon.runtime.OutputSink;
import dev.gantry.daemon.type.StreamType;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** Keeps the beginning of an output. Written by one thread, read when it is done. */
final class CapturedText implements OutputSink {

    private final int most;
    private final ByteArrayOutputStream kept = new ByteArrayOutputStream();
    private boolean truncated;

    CapturedText(int most) {
        this.most = most;
    }

    @Override
    public void write(StreamType stream, ByteBuffer bytes) {
        int length = Math.min(bytes.remaining(), most - kept.size());
        truncated |= length < bytes.remaining();
        byte[] piece = new byte[length];
        bytes.get(piece);
        kept.writeBytes(piece);
    }

    @Override
    public void flush() {}

    String text() {
        return kept.toString(StandardCharsets.UTF_8);
    }

    boolean truncated() {
        return truncated;
    }
}
