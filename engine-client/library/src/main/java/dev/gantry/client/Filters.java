package dev.gantry.client;

import dev.gantry.client.json.Json;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a list shall contain: any of the values of a name, for every name. Immutable.
 *
 * @param values by name
 */
public record Filters(Map<String, List<String>> values) {

    /** Keeps everything. */
    public static final Filters NONE = new Filters(Map.of());

    public Filters {
        values = Map.copyOf(values);
    }

    /** Adds a value, for example {@code label} and {@code a=b}. */
    public Filters with(String name, String value) {
        Map<String, List<String>> copy = new LinkedHashMap<>(values);
        List<String> list = new ArrayList<>(copy.getOrDefault(name, List.of()));
        list.add(value);
        copy.put(name, List.copyOf(list));
        return new Filters(copy);
    }

    /** The value of the query parameter; empty when there is nothing to filter. */
    public String encode() {
        if (values.isEmpty()) {
            return "";
        }
        Map<String, Map<String, Boolean>> sets = new LinkedHashMap<>();
        values.forEach((name, list) -> {
            Map<String, Boolean> set = new LinkedHashMap<>();
            list.forEach(value -> set.put(value, true));
            sets.put(name, set);
        });
        return Json.of(sets).toString();
    }
}
