package dev.gantry.daemon.api.wire;

import java.util.regex.Pattern;

/** A version of the Engine API such as {@code 1.51}; compares number by number, a missing minor number is zero. */
public record ApiVersion(int major, int minor) implements Comparable<ApiVersion> {

    /** The newest version spoken; requests without a version get it. */
    public static final ApiVersion CURRENT = new ApiVersion(1, 51);

    /** The oldest version accepted. */
    public static final ApiVersion MINIMUM = new ApiVersion(1, 24);

    private static final Pattern FORM = Pattern.compile("[0-9]{1,6}(\\.[0-9]{0,6})?");

    public ApiVersion {
        if (major < 0 || minor < 0) {
            throw new IllegalArgumentException("Negative API version: " + major + "." + minor);
        }
    }

    /** Whether a text can be parsed. */
    static boolean isVersion(String text) {
        return FORM.matcher(text).matches();
    }

    /** Parses {@code 1.51} or {@code 2}. */
    public static ApiVersion parse(String text) {
        if (!isVersion(text)) {
            throw new IllegalArgumentException("Not an API version: " + text);
        }
        int dot = text.indexOf('.');
        if (dot < 0) {
            return new ApiVersion(Integer.parseInt(text), 0);
        }
        String minor = text.substring(dot + 1);
        return new ApiVersion(Integer.parseInt(text.substring(0, dot)), minor.isEmpty() ? 0 : Integer.parseInt(minor));
    }

    /** Whether this version is the given one or newer: {@code version.atLeast(1, 44)}. */
    public boolean atLeast(int otherMajor, int otherMinor) {
        return compareTo(new ApiVersion(otherMajor, otherMinor)) >= 0;
    }

    @Override
    public int compareTo(ApiVersion other) {
        return major == other.major ? Integer.compare(minor, other.minor) : Integer.compare(major, other.major);
    }

    @Override
    public String toString() {
        return major + "." + minor;
    }
}
