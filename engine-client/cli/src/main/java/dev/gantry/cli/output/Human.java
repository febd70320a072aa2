package dev.gantry.cli.output;

import java.math.BigDecimal;
import java.math.MathContext;
import java.time.Duration;

/** Sizes and times in words. */
public final class Human {

    private static final String[] UNITS = {"B", "kB", "MB", "GB", "TB", "PB", "EB"};
    private static final int STEP = 1000;

    private Human() {}

    /** A size in powers of 1000 with three digits: {@code 1.98MB}. */
    public static String size(long bytes) {
        return size(bytes, 3);
    }

    /** A size in powers of 1000 with a number of digits. */
    public static String size(long bytes, int digits) {
        double value = bytes;
        int unit = 0;
        while (value >= STEP && unit < UNITS.length - 1) {
            value /= STEP;
            unit++;
        }
        BigDecimal rounded =
                new BigDecimal(value).round(new MathContext(digits)).stripTrailingZeros();
        return rounded.toPlainString() + UNITS[unit];
    }

    /** About how long: {@code About a minute}, {@code 3 hours}. */
    public static String duration(Duration time) {
        long seconds = time.toSeconds();
        if (seconds < 1) {
            return "Less than a second";
        }
        if (seconds == 1) {
            return "1 second";
        }
        if (seconds < 60) {
            return seconds + " seconds";
        }
        long minutes = time.toMinutes();
        if (minutes < 60) {
            return minutes == 1 ? "About a minute" : minutes + " minutes";
        }
        long hours = (seconds + 1800) / 3600;
        if (hours < 48) {
            return hours == 1 ? "About an hour" : hours + " hours";
        }
        if (hours < 24 * 7 * 2) {
            return hours / 24 + " days";
        }
        if (hours < 24 * 30 * 2) {
            return hours / 24 / 7 + " weeks";
        }
        return hours < 24 * 365 * 2 ? hours / 24 / 30 + " months" : time.toHours() / 24 / 365 + " years";
    }

    /** The first characters, the last of them an ellipsis where something was cut. */
    public static String ellipsis(String text, int length) {
        return text.codePointCount(0, text.length()) <= length
                ? text
                : text.substring(0, text.offsetByCodePoints(0, length - 1)) + "…";
    }

    /** The first twelve digits of an id, without the name of its algorithm. */
    public static String shortId(String id) {
        String digits = id.substring(id.indexOf(':') + 1);
        return digits.length() > 12 ? digits.substring(0, 12) : digits;
    }
}
