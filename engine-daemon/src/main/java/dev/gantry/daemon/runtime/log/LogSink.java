package dev.gantry.daemon.runtime.log;

import dev.gantry.daemon.type.StreamType;
import java.nio.ByteBuffer;

/** Takes lines of a log. Called by the reading thread only. */
public interface LogSink {

    /** So many bytes before the position of every buffer are the sink's to overwrite, for a frame's header. */
    int HEADROOM = 8;

    /**
     * Takes a line with its newline, or a part of one without. The buffer is backed by an array; it and {@link #HEADROOM}
     * bytes before its position are the sink's until this returns. Where this throws, reading ends with the exception.
     */
    void line(StreamType stream, ByteBuffer bytes);

    /** Nothing more is at hand just now: pass on what was taken. */
    void flush();
}
