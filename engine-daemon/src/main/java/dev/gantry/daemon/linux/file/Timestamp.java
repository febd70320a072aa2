package dev.gantry.daemon.linux.file;

/**
 * A file's time.
 *
 * @param seconds since 1970-01-01T00:00:00Z, negative before it
 * @param nanos 0 to 999,999,999, counted forward from the second
 */
public record Timestamp(long seconds, int nanos) {

    private static final int NANOS_PER_SECOND = 1_000_000_000;

    public Timestamp {
        if (nanos < 0 || nanos >= NANOS_PER_SECOND) {
            throw new IllegalArgumentException("Nanoseconds out of range: " + nanos);
        }
    }

    /** A whole second. */
    public static Timestamp ofSeconds(long seconds) {
        return new Timestamp(seconds, 0);
    }
}
