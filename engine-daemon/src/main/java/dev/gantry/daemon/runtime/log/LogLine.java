package dev.gantry.daemon.runtime.log;

import dev.gantry.daemon.type.StreamType;
import java.time.Instant;

/** What a container wrote, a line or a part of one. */
public final class LogLine {

    private final Instant time;
    private final StreamType stream;
    private final boolean partial;
    private final byte[] text;

    /**
     * @param time when it was written
     * @param partial whether the line goes on
     * @param text without a newline; the line's own from now on
     */
    public LogLine(Instant time, StreamType stream, boolean partial, byte[] text) {
        this.time = time;
        this.stream = stream;
        this.partial = partial;
        this.text = text;
    }

    public Instant time() {
        return time;
    }

    public StreamType stream() {
        return stream;
    }

    /** Whether the line goes on. */
    public boolean partial() {
        return partial;
    }

    /** Without a newline; not to be changed. */
    public byte[] text() {
        return text;
    }
}
