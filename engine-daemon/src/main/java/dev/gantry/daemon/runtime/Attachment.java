package dev.gantry.daemon.runtime;

import java.nio.ByteBuffer;

/**
 * A connection to the standard streams of a process. One thread may read while another writes; {@link #close} may be
 * called from a third and makes both return.
 */
public interface Attachment extends AutoCloseable {

    /**
     * Reads output and hands it to the sink until the process has ended or the attachment is closed. Blocks; call it
     * once, from a thread that may wait.
     */
    void readOutput(OutputSink sink);

    /** Writes all remaining bytes to standard input. Blocks while the process does not read. Drops them where it has ended. */
    void writeInput(ByteBuffer bytes);

    /** Ends standard input: the process reads end of file. Output goes on. */
    void endInput();

    @Override
    void close();
}
