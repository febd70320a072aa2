package dev.gantry.client.json;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A JSON value that may be missing; every question to a missing value has an empty answer.
 *
 * @param raw a Map, List, String, Number or Boolean; null for null and for what is missing
 */
public record Json(@Nullable Object raw) {

    /** The missing value. */
    public static final Json MISSING = new Json(null);

    /** Reads one value. Fails with {@link IllegalArgumentException} when the text is not JSON. */
    public static Json parse(String text) {
        return new Json(new JsonReader(text).readDocument());
    }

    /** Reads one value from UTF-8. */
    public static Json parse(byte[] utf8) {
        return parse(new String(utf8, StandardCharsets.UTF_8));
    }

    public static Json of(@Nullable Object raw) {
        return raw instanceof Json json ? json : new Json(raw);
    }

    /** The member of an object. */
    public Json get(String name) {
        return raw instanceof Map<?, ?> map ? of(map.get(name)) : MISSING;
    }

    /** The value at a chain of names. */
    public Json at(String... names) {
        Json value = this;
        for (String name : names) {
            value = value.get(name);
        }
        return value;
    }

    public boolean isMissing() {
        return raw == null;
    }

    /** The text; numbers and booleans as written, empty for anything else. */
    public String text() {
        return raw == null || raw instanceof Map || raw instanceof List ? "" : raw.toString();
    }

    /** The number; 0 for anything else. */
    public long number() {
        return raw instanceof Number number ? number.longValue() : 0;
    }

    public boolean isTrue() {
        return Boolean.TRUE.equals(raw);
    }

    /** The elements of an array; none for anything else. */
    public List<Json> items() {
        List<Json> items = new ArrayList<>();
        if (raw instanceof List<?> list) {
            list.forEach(item -> items.add(of(item)));
        }
        return items;
    }

    /** The elements of an array as texts. */
    public List<String> texts() {
        return items().stream().map(Json::text).toList();
    }

    /** The members of an object in their order; none for anything else. */
    public Map<String, Json> fields() {
        Map<String, Json> fields = new LinkedHashMap<>();
        if (raw instanceof Map<?, ?> map) {
            map.forEach((name, value) -> fields.put(String.valueOf(name), of(value)));
        }
        return fields;
    }

    /** The shortest text of this value. */
    @Override
    public String toString() {
        return JsonWriter.compact(raw);
    }

    /** The text of this value on many lines. */
    public String indented(int spaces) {
        return JsonWriter.indented(raw, spaces);
    }
}
