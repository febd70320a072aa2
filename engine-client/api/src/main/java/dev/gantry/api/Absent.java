package dev.gantry.api;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What stands for a value that is missing or null in JSON. Collections come back unmodifiable. */
final class Absent {

    private Absent() {}

    static String text(@Nullable String value) {
        return value == null ? "" : value;
    }

    /** Copies without null elements. */
    static <T> List<T> list(@Nullable List<T> value) {
        if (value == null) {
            return List.of();
        }
        if (value.stream().noneMatch(Objects::isNull)) {
            return List.copyOf(value);
        }
        List<T> copy = new ArrayList<>(value);
        copy.removeIf(Objects::isNull);
        return Collections.unmodifiableList(copy);
    }

    /** Copies in order, null values included. */
    static <V extends @Nullable Object> Map<String, V> map(@Nullable Map<String, V> value) {
        return value == null || value.isEmpty() ? Map.of() : Collections.unmodifiableMap(new LinkedHashMap<>(value));
    }

    /** Copies in order with the empty text for null values. */
    static Map<String, String> texts(@Nullable Map<String, String> value) {
        if (value == null || value.isEmpty()) {
            return Map.of();
        }
        Map<String, String> copy = new LinkedHashMap<>();
        value.forEach((key, text) -> copy.put(key, text(text)));
        return Collections.unmodifiableMap(copy);
    }

    /** Copies in order; a network without settings gets empty ones. */
    static Map<String, EndpointSettings> endpoints(@Nullable Map<String, EndpointSettings> value) {
        if (value == null || value.isEmpty()) {
            return Map.of();
        }
        Map<String, EndpointSettings> copy = new LinkedHashMap<>();
        value.forEach((key, settings) -> copy.put(key, settings == null ? EndpointSettings.EMPTY : settings));
        return Collections.unmodifiableMap(copy);
    }

    static Set<String> set(@Nullable Set<String> value) {
        return value == null || value.isEmpty() ? Set.of() : Collections.unmodifiableSet(new LinkedHashSet<>(value));
    }
}
