package dev.gantry.daemon.service.log;

import dev.gantry.daemon.type.EngineException;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Sizes in log options: {@code 10m}, {@code 1.5g}, {@code 64kb}. */
final class LogSize {

    /** compat: docker takes the sizes of log files in powers of 1000 … */
    static final int DECIMAL = 1000;

    /** … and those of buffers in powers of 1024. */
    static final int BINARY = 1024;

    private static final Pattern FORM = Pattern.compile("([0-9]+(?:\\.[0-9]+)?) ?([bkmgtp]?)i?b?");

    private LogSize() {}

    /** Gives bytes; where it cannot, the message begins as told. */
    static long parse(String text, int base, String complaint) {
        Matcher parts = FORM.matcher(text.toLowerCase(Locale.ROOT));
        if (!parts.matches()) {
            throw EngineException.invalid(complaint + "invalid size: '" + text + "'");
        }
        int power = Math.max(0, "bkmgtp".indexOf(parts.group(2)));
        return (long) (Double.parseDouble(parts.group(1)) * Math.pow(base, power));
    }
}
