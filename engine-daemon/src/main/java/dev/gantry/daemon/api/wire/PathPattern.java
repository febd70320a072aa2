package dev.gantry.daemon.api.wire;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A path with variables, matched segment by segment: the part before a {@code {name:.*}}, then from the end back. */
final class PathPattern {

    private static final String ANY = ":.*}";

    private final String text;
    private final List<String> before;
    private final Optional<String> anything;
    private final List<String> after;

    private PathPattern(String text, List<String> before, Optional<String> anything, List<String> after) {
        this.text = text;
        this.before = before;
        this.anything = anything;
        this.after = after;
    }

    static PathPattern compile(String text) {
        List<String> before = new ArrayList<>();
        List<String> after = new ArrayList<>();
        Optional<String> anything = Optional.empty();
        for (String segment : segments(text)) {
            if (segment.endsWith(ANY)) {
                if (anything.isPresent()) {
                    throw new IllegalArgumentException("More than one {name:.*} in " + text);
                }
                anything = Optional.of(segment.substring(1, segment.length() - ANY.length()));
            } else if (anything.isPresent()) {
                after.add(segment);
            } else {
                before.add(segment);
            }
        }
        return new PathPattern(text, List.copyOf(before), anything, List.copyOf(after));
    }

    String text() {
        return text;
    }

    Optional<Map<String, String>> match(String path) {
        List<String> segments = segments(path);
        int fixed = before.size() + after.size();
        if (anything.isPresent() ? segments.size() <= fixed : segments.size() != fixed) {
            return Optional.empty();
        }
        Map<String, String> variables = new HashMap<>();
        int middleEnd = segments.size() - after.size();
        if (!matchAll(before, segments, variables)
                || !matchAll(after, segments.subList(middleEnd, segments.size()), variables)) {
            return Optional.empty();
        }
        if (anything.isPresent()) {
            variables.put(anything.get(), String.join("/", segments.subList(before.size(), middleEnd)));
        }
        return Optional.of(Collections.unmodifiableMap(variables));
    }

    private static boolean matchAll(List<String> pattern, List<String> segments, Map<String, String> variables) {
        for (int i = 0; i < pattern.size(); i++) {
            String expected = pattern.get(i);
            String actual = segments.get(i);
            if (expected.startsWith("{")) {
                if (actual.isEmpty()) {
                    return false;
                }
                variables.put(expected.substring(1, expected.length() - 1), actual);
            } else if (!expected.equals(actual)) {
                return false;
            }
        }
        return true;
    }

    private static List<String> segments(String path) {
        List<String> segments = new ArrayList<>(6);
        int start = 1;
        for (int slash = path.indexOf('/', start); slash >= 0; slash = path.indexOf('/', start)) {
            segments.add(path.substring(start, slash));
            start = slash + 1;
        }
        segments.add(path.substring(start));
        return segments;
    }
}
