package dev.gantry.daemon.runtime.log;

/**
 * How large a container's log may become.
 *
 * @param maxBytes a file of the log is closed at this size and a new one begun; 0: never
 * @param maxFiles how many files there may be, the one that is written to among them
 * @param compressed whether closed files are compressed
 */
public record LogLimits(long maxBytes, int maxFiles, boolean compressed) {

    /** What applies where nobody asked for anything: no log fills a disk unasked. */
    public static final LogLimits DEFAULT = new LogLimits(10L << 20, 3, false);

    /** One file that grows for ever. */
    public static final LogLimits NONE = new LogLimits(0, 1, false);

    /** A monitor writes so much in the time that even a daemon short of processor time needs to close a file. */
    private static final long LEAST_BACKSTOP = 16L << 20;

    public LogLimits {
        if (maxBytes < 0 || maxFiles < 1) {
            throw new IllegalArgumentException("A log has no limit of " + maxFiles + " files of " + maxBytes);
        }
    }

    boolean bounded() {
        return maxBytes > 0;
    }

    /** The size at which the monitor begins a new file by itself, for the time when no daemon does; 0: never. */
    public long backstop() {
        if (!bounded()) {
            return 0;
        }
        boolean fits = maxBytes <= Long.MAX_VALUE / maxFiles;
        return Math.max(fits ? maxBytes * maxFiles : Long.MAX_VALUE, LEAST_BACKSTOP);
    }
}
