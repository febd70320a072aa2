package dev.gantry.daemon.runtime.log;

import dev.gantry.daemon.type.StreamType;

/**
 * The head of one line as conmon writes it: {@code <time> stdout|stderr F|P <text>}. F ends a line of the process, P is a
 * part of one that goes on. Looks at bytes in place, makes no objects; mutable, for one thread.
 */
final class LogEntry {

    /** How many streams there are. */
    static final int STREAMS = 2;

    private static final int MIN_TIME = 20;
    private static final int MAX_TIME = 35;
    private static final int STREAM_LENGTH = 6;

    private int timeEnd;
    private int textStart;
    private StreamType stream = StreamType.STDOUT;
    private boolean partial;

    /**
     * Reads the head of a line.
     *
     * @param to the position of the line's newline
     * @return whether it is one
     */
    boolean parse(byte[] bytes, int from, int to) {
        int space = timeEnd(bytes, from, to);
        // A space, the stream, a space, the tag, a space.
        int text = space + STREAM_LENGTH + 4;
        if (space < 0 || text > to || bytes[space + 7] != ' ' || bytes[space + 9] != ' ') {
            return false;
        }
        byte tag = bytes[space + 8];
        if ((tag != 'F' && tag != 'P') || !readStream(bytes, space + 1)) {
            return false;
        }
        partial = tag == 'P';
        timeEnd = space;
        textStart = text;
        return true;
    }

    /** Where the space after the time is; -1 where there is nothing like a time. */
    private static int timeEnd(byte[] bytes, int from, int to) {
        if (to - from < MIN_TIME || bytes[from + 4] != '-' || bytes[from + 10] != 'T' || bytes[from + 16] != ':') {
            return -1;
        }
        int last = from + MAX_TIME;
        if (last < to && bytes[last] == ' ') {
            return last;
        }
        for (int i = from + MIN_TIME; i <= last && i < to; i++) {
            if (bytes[i] == ' ') {
                return i;
            }
        }
        return -1;
    }

    private boolean readStream(byte[] bytes, int at) {
        if (bytes[at] != 's' || bytes[at + 1] != 't' || bytes[at + 2] != 'd') {
            return false;
        }
        if (bytes[at + 3] == 'o' && bytes[at + 4] == 'u' && bytes[at + 5] == 't') {
            stream = StreamType.STDOUT;
            return true;
        }
        if (bytes[at + 3] == 'e' && bytes[at + 4] == 'r' && bytes[at + 5] == 'r') {
            stream = StreamType.STDERR;
            return true;
        }
        return false;
    }

    /** A place for each stream in an array of {@link #STREAMS}. */
    static int indexOf(StreamType stream) {
        return stream == StreamType.STDOUT ? 0 : 1;
    }

    /** Where the time ends; it begins with the line. */
    int timeEnd() {
        return timeEnd;
    }

    /** Where the process's text begins. */
    int textStart() {
        return textStart;
    }

    StreamType stream() {
        return stream;
    }

    /** Whether the process had not yet ended the line. */
    boolean partial() {
        return partial;
    }
}
