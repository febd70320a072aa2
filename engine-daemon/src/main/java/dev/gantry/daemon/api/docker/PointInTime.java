package dev.gantry.daemon.api.docker;

import dev.gantry.daemon.service.image.GoDuration;
import dev.gantry.daemon.type.EngineException;
import java.math.BigDecimal;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.regex.Pattern;

/** Reads a point in time as filters give it: seconds since 1970, RFC 3339, or how long ago. */
public final class PointInTime {

    private static final Pattern SECONDS = Pattern.compile("[0-9]{1,15}(\\.[0-9]{1,9})?");
    private static final Pattern DURATION = Pattern.compile("[0-9.]+[a-zµ].*");

    private PointInTime() {}

    /**
     * Reads one.
     *
     * @throws EngineException invalid
     */
    public static Instant parse(String text, Clock clock) {
        if (SECONDS.matcher(text).matches()) {
            BigDecimal seconds = new BigDecimal(text);
            long whole = seconds.longValue();
            return Instant.ofEpochSecond(
                    whole,
                    seconds.subtract(BigDecimal.valueOf(whole))
                            .movePointRight(9)
                            .longValue());
        }
        if (DURATION.matcher(text).matches()) {
            return clock.instant().minus(GoDuration.parse(text));
        }
        try {
            return OffsetDateTime.parse(text).toInstant();
        } catch (DateTimeException e) {
            throw new EngineException(EngineException.Kind.INVALID, "invalid filter 'until=" + text + "'", e);
        }
    }
}
