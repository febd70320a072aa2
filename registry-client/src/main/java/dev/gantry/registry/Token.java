package dev.gantry.registry;

import java.time.Instant;
import java.util.regex.Pattern;

/**
 * An access token and until when to use it.
 *
 * @param value opaque
 * @param usableUntil a little before it expires
 */
record Token(String value, Instant usableUntil) {

    private static final Pattern VISIBLE = Pattern.compile("[\\x21-\\x7e]+");

    /** Whether the text can stand in a header: a line break there would let a server add headers of its own. */
    static boolean isSafe(String text) {
        return VISIBLE.matcher(text).matches();
    }

    String header() {
        return "Bearer " + value;
    }

    @Override
    public String toString() {
        return "Token[usableUntil=" + usableUntil + "]";
    }
}
