package dev.gantry.daemon.service.health;

import java.math.BigDecimal;
import java.time.Duration;

/** Writes durations as docker does: {@code 1.5s}, {@code 1m30s}, {@code 500ms}. */
final class GoDurationText {

    private GoDurationText() {}

    static String of(Duration duration) {
        long nanos = duration.toNanos();
        if (nanos == 0) {
            return "0s";
        }
        if (nanos < 1_000) {
            return nanos + "ns";
        }
        if (nanos < 1_000_000) {
            return decimal(nanos, 3) + "µs";
        }
        if (nanos < 1_000_000_000) {
            return decimal(nanos, 6) + "ms";
        }
        long minutes = duration.toMinutes();
        String seconds = decimal(duration.minusMinutes(minutes).toNanos(), 9) + "s";
        if (minutes == 0) {
            return seconds;
        }
        return minutes < 60 ? minutes + "m" + seconds : minutes / 60 + "h" + minutes % 60 + "m" + seconds;
    }

    private static String decimal(long number, int places) {
        BigDecimal value = BigDecimal.valueOf(number, places).stripTrailingZeros();
        return value.toPlainString();
    }
}
