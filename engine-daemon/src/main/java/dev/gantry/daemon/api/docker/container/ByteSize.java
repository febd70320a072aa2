package dev.gantry.daemon.api.docker.container;

import dev.gantry.daemon.type.EngineException;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Sizes as people write them in options: {@code 10m}, {@code 1.5g}; powers of 1024. */
final class ByteSize {

    private static final Pattern FORM = Pattern.compile("([0-9]+(?:\\.[0-9]+)?)\\s*([bkmgt]?)i?b?");

    private ByteSize() {}

    /** Gives bytes. */
    static long parse(String text) {
        Matcher parts = FORM.matcher(text.strip().toLowerCase(Locale.ROOT));
        if (!parts.matches()) {
            throw EngineException.invalid("invalid size: '" + text + "'");
        }
        int shift = Math.max(0, "bkmgt".indexOf(parts.group(2))) * 10;
        return (long) (Double.parseDouble(parts.group(1)) * (1L << shift));
    }
}
