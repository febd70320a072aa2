package dev.gantry.daemon.runtime;

import dev.gantry.daemon.type.StreamType;
import java.nio.ByteBuffer;

/** Takes the output of a process. Called by one thread at a time. */
public interface OutputSink {

    /** Takes bytes; the buffer is the caller's again when this returns. */
    void write(StreamType stream, ByteBuffer bytes);

    /** Nothing more is at hand just now: pass on what was taken. */
    void flush();
}
