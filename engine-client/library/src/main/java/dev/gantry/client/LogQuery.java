package dev.gantry.client;

/**
 * Which part of a container's output to read.
 *
 * @param follow whether to stay until the container ends
 * @param timestamps whether each line begins with its time
 * @param tail the number of last lines, or {@code all}
 * @param since RFC 3339 or seconds since the epoch; empty for the beginning
 * @param until like {@code since}; empty for the end
 */
public record LogQuery(boolean follow, boolean timestamps, String tail, String since, String until) {

    /** All there is now. */
    public static final LogQuery ALL = new LogQuery(false, false, "all", "", "");

    public LogQuery following() {
        return new LogQuery(true, timestamps, tail, since, until);
    }

    public LogQuery last(int lines) {
        return new LogQuery(follow, timestamps, Integer.toString(lines), since, until);
    }
}
