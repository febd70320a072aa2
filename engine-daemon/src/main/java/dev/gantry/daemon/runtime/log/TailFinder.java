package dev.gantry.daemon.runtime.log;

import dev.gantry.daemon.type.StreamType;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.Set;

/**
 * Finds where the last lines of a log begin, file by file and block by block from its end. A line that the process wrote in parts counts
 * once; where another stream's line stands between its parts, the earlier parts may be left out. For one thread.
 */
final class TailFinder {

    private static final int BLOCK = 64 * 1024;

    private final Set<StreamType> streams;
    private final LogEntry entry = new LogEntry();
    private final byte[] block = new byte[BLOCK + LineScanner.BLOCK];
    private final boolean[] seen = new boolean[LogEntry.STREAMS];
    private long missing;

    TailFinder(Set<StreamType> streams, long lines) {
        this.streams = streams;
        this.missing = lines;
    }

    /** Whether earlier files of the log have part in the tail. */
    boolean needsMore() {
        return missing > 0;
    }

    /** The offset of the first byte of the tail in this file, which comes before those searched so far. */
    long find(FileChannel file) throws IOException {
        long size = file.size();
        if (missing == 0) {
            return size;
        }
        // Bytes of the file from `start` on are in the block up to `held`; those after it are done with.
        long start = size;
        int held = 0;
        while (start > 0) {
            int count = (int) Math.min(BLOCK, start);
            if (held > LineScanner.BLOCK) {
                held = 0;
            }
            System.arraycopy(block, 0, block, count, held);
            start -= count;
            if (!read(file, start, count)) {
                return 0;
            }
            held += count;
            int newline = lastNewline(held);
            while (newline >= 0) {
                int previous = lastNewline(newline);
                if (previous < 0 && start > 0) {
                    break;
                }
                if (enough(previous + 1, newline)) {
                    return start + newline + 1;
                }
                newline = previous;
            }
            held = newline < 0 ? held : newline + 1;
        }
        return 0;
    }

    /** Counts a line; true where it is one too many. */
    private boolean enough(int from, int newline) {
        if (!entry.parse(block, from, newline) || !streams.contains(entry.stream())) {
            return false;
        }
        int stream = LogEntry.indexOf(entry.stream());
        boolean ends = !entry.partial() || !seen[stream];
        seen[stream] = true;
        if (!ends) {
            return false;
        }
        if (missing == 0) {
            return true;
        }
        missing--;
        return false;
    }

    private int lastNewline(int before) {
        int i = before - 1;
        while (i >= 0 && block[i] != '\n') {
            i--;
        }
        return i;
    }

    /** False where the log was truncated in the meantime. */
    private boolean read(FileChannel file, long position, int count) throws IOException {
        ByteBuffer target = ByteBuffer.wrap(block, 0, count);
        while (target.hasRemaining()) {
            if (file.read(target, position + target.position()) < 0) {
                return false;
            }
        }
        return true;
    }
}
