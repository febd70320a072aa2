package dev.gantry.daemon.runtime.log;

/**
 * A place in a log between two lines.
 *
 * @param file the number of the file
 * @param offset in bytes from its beginning
 */
public record LogPosition(long file, long offset) implements Comparable<LogPosition> {

    /** Before the first line. */
    public static final LogPosition START = new LogPosition(0, 0);

    @Override
    public int compareTo(LogPosition other) {
        return file != other.file ? Long.compare(file, other.file) : Long.compare(offset, other.offset);
    }
}
