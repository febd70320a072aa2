package dev.gantry.client;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/**
 * Takes apart the frames in which a process without a terminal sends its output: a byte for the stream, three zeros,
 * four bytes of length, then the data.
 */
public final class OutputFrames {

    private static final int HEADER_BYTES = 8;
    private static final int BUFFER_BYTES = 64 * 1024;
    private static final int STDERR = 2;
    private static final int ENGINE_ERROR = 3;

    private OutputFrames() {}

    /** Copies to both outputs, flushing after each frame, until the input ends. */
    public static void copy(InputStream in, OutputStream out, OutputStream err) throws IOException {
        byte[] header = new byte[HEADER_BYTES];
        byte[] buffer = new byte[BUFFER_BYTES];
        while (true) {
            int count = in.readNBytes(header, 0, HEADER_BYTES);
            if (count == 0) {
                return;
            }
            if (count < HEADER_BYTES) {
                throw new EOFException("the output ended in the middle of a frame");
            }
            long length = Integer.toUnsignedLong(
                    (header[4] & 0xff) << 24 | (header[5] & 0xff) << 16 | (header[6] & 0xff) << 8 | (header[7] & 0xff));
            if (header[0] > ENGINE_ERROR || header[0] < 0) {
                throw new IOException("Unrecognized input header: " + header[0]);
            }
            if (header[0] == ENGINE_ERROR) {
                throw new IOException("error from daemon in stream: "
                        + new String(in.readNBytes((int) Math.min(length, BUFFER_BYTES)), StandardCharsets.UTF_8));
            }
            copyFrame(in, header[0] == STDERR ? err : out, length, buffer);
        }
    }

    private static void copyFrame(InputStream in, OutputStream to, long length, byte[] buffer) throws IOException {
        long remaining = length;
        while (remaining > 0) {
            int count = in.read(buffer, 0, (int) Math.min(buffer.length, remaining));
            if (count < 0) {
                throw new EOFException("the output ended in the middle of a frame");
            }
            to.write(buffer, 0, count);
            remaining -= count;
        }
        to.flush();
    }
}
