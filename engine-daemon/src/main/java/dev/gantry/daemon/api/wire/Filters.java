package dev.gantry.daemon.api.wire;

import dev.gantry.daemon.type.EngineException;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What a list or a stream of events is narrowed down to: values of one key widen it, further keys narrow it. A key
 * that is not there matches everything.
 */
public final class Filters {

    private static final Filters NONE = new Filters(Map.of());

    private final Map<String, Set<String>> values;

    private Filters(Map<String, Set<String>> values) {
        this.values = values;
    }

    /** No filters. */
    public static Filters none() {
        return NONE;
    }

    /** Reads {@code {"key":{"value":true}}} and the older {@code {"key":["value"]}}. */
    static Filters parse(String text, JsonMapper mapper) {
        if (text.isEmpty()) {
            return NONE;
        }
        try {
            JsonNode root = mapper.readTree(text);
            if (root.isNull()) {
                return NONE;
            }
            Map<String, Set<String>> values = new LinkedHashMap<>();
            requireValid(root.isObject());
            root.properties().forEach(entry -> values.put(entry.getKey(), valuesOf(entry.getValue())));
            return new Filters(Collections.unmodifiableMap(values));
        } catch (JacksonException e) {
            throw new EngineException(EngineException.Kind.INVALID, "invalid filter", e);
        }
    }

    private static Set<String> valuesOf(JsonNode node) {
        Set<String> values = new LinkedHashSet<>();
        if (node.isArray()) {
            node.values().forEach(value -> {
                requireValid(value.isString());
                values.add(value.stringValue());
            });
        } else if (node.isObject()) {
            node.properties().forEach(entry -> {
                requireValid(entry.getValue().isBoolean());
                values.add(entry.getKey());
            });
        } else {
            requireValid(node.isNull());
        }
        return Collections.unmodifiableSet(values);
    }

    private static void requireValid(boolean valid) {
        if (!valid) {
            throw EngineException.invalid("invalid filter");
        }
    }

    void requireKeys(Set<String> allowed) {
        for (String key : values.keySet()) {
            if (!allowed.contains(key)) {
                throw EngineException.invalid("invalid filter '" + key + "'");
            }
        }
    }

    public boolean isEmpty() {
        return values.isEmpty();
    }

    public boolean has(String key) {
        return !get(key).isEmpty();
    }

    /** The values of a key; empty where it is not there. */
    public Set<String> get(String key) {
        return values.getOrDefault(key, Set.of());
    }

    /** All keys and values. */
    public Map<String, Set<String>> asMap() {
        return values;
    }

    /** Whether the key is not there or one of its values is the candidate. */
    public boolean matchesExactly(String key, String candidate) {
        return !has(key) || get(key).contains(candidate);
    }

    /** Whether the key is not there or one of its values is found in the candidate, as text or as a pattern. */
    public boolean matchesPart(String key, String candidate) {
        return !has(key) || get(key).stream().anyMatch(value -> isFoundIn(candidate, value));
    }

    private static boolean isFoundIn(String candidate, String value) {
        if (candidate.contains(value)) {
            return true;
        }
        try {
            return Pattern.compile(value).matcher(candidate).find();
        } catch (PatternSyntaxException notAPattern) {
            return false;
        }
    }

    /** Whether every value of the key, {@code name} or {@code name=value}, is among the labels. */
    public boolean matchesLabels(String key, Map<String, String> labels) {
        return get(key).stream().allMatch(wanted -> hasLabel(labels, wanted));
    }

    /** Whether no value of the key, {@code name} or {@code name=value}, is among the labels. */
    public boolean matchesNoLabel(String key, Map<String, String> labels) {
        return get(key).stream().noneMatch(unwanted -> hasLabel(labels, unwanted));
    }

    private static boolean hasLabel(Map<String, String> labels, String wanted) {
        int equals = wanted.indexOf('=');
        return equals < 0
                ? labels.containsKey(wanted)
                : wanted.substring(equals + 1).equals(labels.get(wanted.substring(0, equals)));
    }

    /**
     * A key that is either true or false, such as {@code dangling}.
     *
     * @throws EngineException if it has another value, or both
     */
    public boolean flag(String key, boolean otherwise) {
        Set<String> all = get(key);
        if (all.isEmpty()) {
            return otherwise;
        }
        boolean yes = all.contains("1") || all.contains("true");
        boolean no = all.contains("0") || all.contains("false");
        if (yes == no) {
            throw EngineException.invalid("invalid filter '" + key + "=" + all + "'");
        }
        return yes;
    }
}
