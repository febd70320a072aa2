package dev.gantry.cli;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;

/** Reads a point in time: seconds since the epoch, a date, RFC 3339, or how long ago. */
final class Moment {

    private Moment() {}

    /** The time as the API takes it, {@code seconds.nanoseconds}; empty stays empty. */
    static String parse(String text) {
        if (text.isEmpty() || text.matches("\\d+(\\.\\d+)?")) {
            return text;
        }
        Instant time = text.matches("(\\d+(\\.\\d+)?(ms|us|ns|s|m|h))+")
                ? Instant.now().minus(OptionValues.time(text))
                : date(text);
        return String.format("%d.%09d", time.getEpochSecond(), time.getNano());
    }

    /** The time an option gives, which is named when it cannot be read. */
    static String parse(String option, String text) {
        try {
            return parse(text);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("invalid value for \"" + option + "\": " + e.getMessage(), e);
        }
    }

    private static Instant date(String text) {
        try {
            if (text.length() == 10) {
                return LocalDate.parse(text)
                        .atStartOfDay(ZoneId.systemDefault())
                        .toInstant();
            }
            boolean zoned = text.endsWith("Z") || text.matches(".*[+-]\\d\\d:\\d\\d");
            return zoned
                    ? OffsetDateTime.parse(text).toInstant()
                    : LocalDateTime.parse(text).atZone(ZoneId.systemDefault()).toInstant();
        } catch (DateTimeException e) {
            throw new IllegalArgumentException("failed to parse value as time or duration: \"" + text + "\"", e);
        }
    }
}
