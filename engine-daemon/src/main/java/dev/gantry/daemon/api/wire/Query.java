package dev.gantry.daemon.api.wire;

import dev.gantry.daemon.type.EngineException;
import java.math.BigDecimal;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import tools.jackson.databind.json.JsonMapper;

/** The parameters of a request, read the way clients of the Engine API write them. */
public final class Query {

    private static final Set<String> FALSE = Set.of("", "0", "no", "false", "none");
    private static final Pattern SECONDS = Pattern.compile("-?[0-9]{1,18}(\\.[0-9]{0,9})?");

    private final Map<String, List<String>> values;
    private final JsonMapper mapper;

    private Query(Map<String, List<String>> values, JsonMapper mapper) {
        this.values = values;
        this.mapper = mapper;
    }

    static Query parse(String text, JsonMapper mapper) {
        if (text.isEmpty()) {
            return new Query(Map.of(), mapper);
        }
        Map<String, List<String>> values = new LinkedHashMap<>();
        for (String pair : text.split("&", -1)) {
            if (!pair.isEmpty()) {
                int equals = pair.indexOf('=');
                String name = equals < 0 ? pair : pair.substring(0, equals);
                String value = equals < 0 ? "" : pair.substring(equals + 1);
                values.computeIfAbsent(decode(name), key -> new ArrayList<>(1)).add(decode(value));
            }
        }
        return new Query(values, mapper);
    }

    private static String decode(String text) {
        return text.indexOf('%') < 0 && text.indexOf('+') < 0 ? text : URLDecoder.decode(text, StandardCharsets.UTF_8);
    }

    /** The first value, or an empty text. */
    public String text(String name) {
        List<String> all = values.get(name);
        return all == null ? "" : all.get(0);
    }

    /** The first value, if the parameter is there, be it empty. */
    public Optional<String> find(String name) {
        List<String> all = values.get(name);
        return all == null ? Optional.empty() : Optional.of(all.get(0));
    }

    /** All values of a repeated parameter. */
    public List<String> all(String name) {
        return List.copyOf(values.getOrDefault(name, List.of()));
    }

    public boolean has(String name) {
        return values.containsKey(name);
    }

    /** False if the parameter is not there, empty, {@code 0}, {@code no}, {@code false} or {@code none}. */
    public boolean flag(String name) {
        return !FALSE.contains(text(name).trim().toLowerCase(Locale.ROOT));
    }

    public boolean flag(String name, boolean otherwise) {
        return has(name) ? flag(name) : otherwise;
    }

    /**
     * A decimal number, or the other value where the parameter is not there or empty.
     *
     * @throws EngineException if it is not a number
     */
    public int integer(String name, int otherwise) {
        String text = text(name);
        if (text.isEmpty()) {
            return otherwise;
        }
        try {
            return Integer.parseInt(text);
        } catch (NumberFormatException e) {
            // compat: the text of Go's strconv, which people search for
            throw new EngineException(
                    EngineException.Kind.INVALID, "strconv.Atoi: parsing \"" + text + "\": invalid syntax", e);
        }
    }

    /** Like {@link #integer}, for numbers of 64 bits. */
    public long number(String name, long otherwise) {
        String text = text(name);
        if (text.isEmpty()) {
            return otherwise;
        }
        try {
            return Long.parseLong(text);
        } catch (NumberFormatException e) {
            throw new EngineException(
                    EngineException.Kind.INVALID, "strconv.ParseInt: parsing \"" + text + "\": invalid syntax", e);
        }
    }

    /**
     * A point in time, as seconds with an optional fraction or as RFC 3339; empty where the parameter is not there,
     * empty or {@code 0}.
     *
     * @throws EngineException if it is neither
     */
    public Optional<Instant> timestamp(String name) {
        String text = text(name);
        if (text.isEmpty() || text.equals("0")) {
            return Optional.empty();
        }
        try {
            if (SECONDS.matcher(text).matches()) {
                BigDecimal seconds = new BigDecimal(text.endsWith(".") ? text + "0" : text);
                long whole = seconds.longValue();
                long nanos = seconds.subtract(BigDecimal.valueOf(whole))
                        .movePointRight(9)
                        .longValue();
                return Optional.of(Instant.ofEpochSecond(whole, nanos));
            }
            return Optional.of(OffsetDateTime.parse(text).toInstant());
        } catch (DateTimeException e) {
            throw new EngineException(
                    EngineException.Kind.INVALID,
                    "invalid value for \"" + name + "\": \"" + text
                            + "\" is neither seconds since 1970 nor a time as in RFC 3339",
                    e);
        }
    }

    /** The parameter {@code filters}, any key allowed. */
    public Filters filters() {
        return Filters.parse(text("filters"), mapper);
    }

    /**
     * The parameter {@code filters}.
     *
     * @throws EngineException if it is not JSON of the right form or holds another key
     */
    public Filters filters(Set<String> allowed) {
        Filters filters = filters();
        filters.requireKeys(allowed);
        return filters;
    }
}
