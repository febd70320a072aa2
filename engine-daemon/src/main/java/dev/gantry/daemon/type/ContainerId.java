package dev.gantry.daemon.type;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.HexFormat;
import java.util.random.RandomGenerator;
import java.util.regex.Pattern;

/**
 * Identifies a container for as long as it exists: 64 lower-case hexadecimal digits.
 *
 * @param value the digits
 */
public record ContainerId(@JsonValue String value) implements Comparable<ContainerId> {

    private static final Pattern FORM = Pattern.compile("[0-9a-f]{64}");
    private static final int SHORT_LENGTH = 12;

    @JsonCreator
    public ContainerId {
        if (!FORM.matcher(value).matches()) {
            throw new IllegalArgumentException("A container id is 64 hexadecimal digits, not '" + value + "'");
        }
    }

    /** Draws a new id. The short form never consists of decimal digits alone, as it serves as a host name. */
    public static ContainerId random(RandomGenerator randomness) {
        byte[] bytes = new byte[32];
        while (true) {
            randomness.nextBytes(bytes);
            ContainerId id = new ContainerId(HexFormat.of().formatHex(bytes));
            if (!id.shortForm().chars().allMatch(c -> c >= '0' && c <= '9')) {
                return id;
            }
        }
    }

    /** The first 12 digits, for people and log lines. */
    public String shortForm() {
        return value.substring(0, SHORT_LENGTH);
    }

    @Override
    public int compareTo(ContainerId other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
