package dev.gantry.daemon.api.wire;

import dev.gantry.daemon.type.StreamType;
import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * Writes output the way clients take it apart again: eight bytes before each piece, the stream's number and the
 * length (moby's stdcopy); or unchanged, for terminals. Gathers small pieces; {@link #flush} sends them. Safe for
 * several threads.
 */
public final class FrameWriter {

    private static final int HEADER = 8;
    private static final int GATHER = 64 * 1024;
    private static final int LARGE = 16 * 1024;

    /** The daemon's own words within the stream. */
    private static final int SYSTEM_ERROR = 3;

    private final ByteOutput target;
    private final boolean framed;
    private final ByteBuffer gathered = ByteBuffer.allocateDirect(GATHER);
    private final ByteBuffer header = ByteBuffer.allocateDirect(HEADER);

    private FrameWriter(ByteOutput target, boolean framed) {
        this.target = target;
        this.framed = framed;
    }

    /** Frames each piece. */
    public static FrameWriter framed(ByteOutput target) {
        return new FrameWriter(target, true);
    }

    /** Passes pieces on as they are: for containers with a terminal. */
    public static FrameWriter raw(ByteOutput target) {
        return new FrameWriter(target, false);
    }

    /** Takes all remaining bytes; the buffer is the caller's again when this returns. */
    public void write(StreamType stream, ByteBuffer bytes) throws IOException {
        write(stream == StreamType.STDOUT ? 1 : 2, bytes);
    }

    /** Says something in the daemon's name, between the output of the container. */
    public void systemError(String text) throws IOException {
        write(SYSTEM_ERROR, ByteBuffer.wrap(text.getBytes(java.nio.charset.StandardCharsets.UTF_8)));
    }

    private synchronized void write(int number, ByteBuffer bytes) throws IOException {
        int size = bytes.remaining();
        if (size == 0) {
            return;
        }
        if (size >= LARGE) {
            flush();
            writeLarge(number, bytes, size);
            return;
        }
        if (gathered.remaining() < size + HEADER) {
            flush();
        }
        if (framed) {
            gathered.putInt(number << 24).putInt(size);
        }
        gathered.put(bytes);
    }

    private void writeLarge(int number, ByteBuffer bytes, int size) throws IOException {
        if (framed) {
            header.clear();
            header.putInt(number << 24).putInt(size).flip();
            target.write(header, bytes);
        } else {
            target.write(bytes);
        }
    }

    /** Sends what was gathered. */
    public synchronized void flush() throws IOException {
        gathered.flip();
        try {
            if (gathered.hasRemaining()) {
                target.write(gathered);
            }
        } finally {
            gathered.clear();
        }
    }
}
