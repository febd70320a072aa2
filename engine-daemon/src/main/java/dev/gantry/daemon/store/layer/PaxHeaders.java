package dev.gantry.daemon.store.layer;

import dev.gantry.daemon.linux.file.Timestamp;
import dev.gantry.daemon.type.EngineException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * The records of a PAX extended header. Values stay bytes, held as characters of ISO 8859-1: attributes such as {@code
 * security.capability} are no text.
 */
final class PaxHeaders {

    private static final String ATTRIBUTE_PREFIX = "SCHILY.xattr.";
    private static final int SEGMENTS_MAXIMUM = 65_536;
    private static final int NUMBER_LENGTH_MAXIMUM = 64;

    private final Map<String, String> records = new HashMap<>();
    private final List<Long> sparseNumbers = new ArrayList<>();

    /** Adds the records of a header's data, which has the form {@code <length> <key>=<value>\n} repeated. */
    void add(byte[] data) {
        int position = 0;
        while (position < data.length && data[position] != 0) {
            int space = position;
            int length = 0;
            while (space < data.length && data[space] >= '0' && data[space] <= '9' && length < data.length) {
                length = length * 10 + (data[space++] - '0');
            }
            int end = position + length;
            if (space == position || space >= data.length || data[space] != ' ' || end > data.length || end <= space) {
                throw damaged("a record has a wrong length");
            }
            add(new String(data, space + 1, end - space - 1, StandardCharsets.ISO_8859_1));
            position = end;
        }
    }

    private void add(String record) {
        int equals = record.indexOf('=');
        if (equals < 1 || !record.endsWith("\n")) {
            throw damaged("a record has no key or no end");
        }
        String key = record.substring(0, equals);
        String value = record.substring(equals + 1, record.length() - 1);
        if (key.equals("GNU.sparse.offset") || key.equals("GNU.sparse.numbytes")) {
            if (sparseNumbers.size() >= 2 * SEGMENTS_MAXIMUM) {
                throw damaged("a sparse file has more than " + SEGMENTS_MAXIMUM + " pieces");
            }
            sparseNumbers.add(number(key, value));
        } else {
            records.put(key, value);
        }
    }

    Optional<String> text(String key) {
        return Optional.ofNullable(records.get(key)).filter(value -> !value.isEmpty());
    }

    OptionalLong number(String key) {
        Optional<String> value = text(key);
        return value.isPresent() ? OptionalLong.of(number(key, value.get())) : OptionalLong.empty();
    }

    private static long number(String key, String value) {
        try {
            return Long.parseLong(value);
        } catch (NumberFormatException e) {
            throw damaged(key + " is not a number");
        }
    }

    /** A time with a decimal fraction, which may be negative. */
    Optional<Timestamp> time(String key) {
        return text(key).map(value -> time(key, value));
    }

    private static Timestamp time(String key, String value) {
        // Without an exponent: 1e999999999 would be computed digit by digit.
        if (value.length() > NUMBER_LENGTH_MAXIMUM || !value.matches("-?[0-9]+(\\.[0-9]*)?")) {
            throw damaged(key + " is not a time");
        }
        BigDecimal time = new BigDecimal(value);
        BigDecimal seconds = time.setScale(0, RoundingMode.FLOOR);
        try {
            int nanos = time.subtract(seconds).movePointRight(9).intValue();
            return new Timestamp(seconds.longValueExact(), nanos);
        } catch (ArithmeticException e) {
            throw damaged(key + " is out of range");
        }
    }

    /** Extended attributes by their names. */
    Map<String, byte[]> attributes() {
        Map<String, byte[]> attributes = new HashMap<>();
        records.forEach((key, value) -> {
            if (key.startsWith(ATTRIBUTE_PREFIX)) {
                attributes.put(key.substring(ATTRIBUTE_PREFIX.length()), value.getBytes(StandardCharsets.ISO_8859_1));
            }
        });
        return attributes;
    }

    /** Whether the map of a sparse file stands before its data (GNU format 1.0). */
    boolean hasSparseMapInData() {
        return text("GNU.sparse.major").filter("1"::equals).isPresent();
    }

    /** Whether these headers describe a sparse file of any of the GNU formats. */
    boolean isSparse() {
        return hasSparseMapInData() || !sparseNumbers.isEmpty() || records.containsKey("GNU.sparse.map");
    }

    /** The map of a sparse file as flat numbers, offset and size in turn (GNU formats 0.0 and 0.1). */
    List<Long> sparseNumbers() {
        String map = records.getOrDefault("GNU.sparse.map", "");
        if (map.isEmpty()) {
            return sparseNumbers;
        }
        List<Long> numbers = new ArrayList<>();
        for (String value : map.split(",", 2 * SEGMENTS_MAXIMUM + 1)) {
            numbers.add(number("GNU.sparse.map", value));
        }
        return numbers;
    }

    static EngineException damaged(String reason) {
        return EngineException.invalid("The archive of the layer is damaged: " + reason);
    }
}
