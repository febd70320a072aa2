package dev.gantry.daemon.service.log;

import dev.gantry.daemon.type.EngineException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import java.util.stream.Collectors;

/** Labels and variables of a container that its log carries: those the options name. */
final class LogAttributes {

    private final Map<String, String> options;

    LogAttributes(Map<String, String> options) {
        this.options = options;
    }

    /** Refuses expressions that are none. */
    void check() {
        expression("labels-regex");
        expression("env-regex");
    }

    Map<String, String> of(LogSubject subject) {
        Map<String, String> found = new HashMap<>();
        select(subject.labels(), names("labels"), expression("labels-regex"), found);
        Map<String, String> variables = new HashMap<>();
        for (String variable : subject.env()) {
            int equals = variable.indexOf('=');
            if (equals >= 0) {
                variables.put(variable.substring(0, equals), variable.substring(equals + 1));
            }
        }
        select(variables, names("env"), expression("env-regex"), found);
        return found;
    }

    private static void select(
            Map<String, String> all, List<String> names, Optional<Pattern> expression, Map<String, String> found) {
        all.forEach((name, value) -> {
            if (names.contains(name)
                    || expression.filter(e -> e.matcher(name).find()).isPresent()) {
                found.put(name, value);
            }
        });
    }

    private List<String> names(String option) {
        return List.of(options.getOrDefault(option, "").split(","));
    }

    private Optional<Pattern> expression(String option) {
        String text = options.getOrDefault(option, "");
        if (text.isEmpty()) {
            return Optional.empty();
        }
        try {
            return Optional.of(Pattern.compile(text));
        } catch (PatternSyntaxException e) {
            throw EngineException.invalid("failed to initialize logging driver: error parsing regexp: "
                    + e.getDescription() + ": `" + text + "`");
        }
    }

    /** The form in which docker's clients are shown them. */
    static String text(Map<String, String> attributes) {
        return new TreeMap<>(attributes)
                .entrySet().stream()
                        .map(entry -> escaped(entry.getKey()) + "=" + escaped(entry.getValue()))
                        .collect(Collectors.joining(","));
    }

    private static String escaped(String text) {
        // Go escapes the one and not the other
        return URLEncoder.encode(text, StandardCharsets.UTF_8)
                .replace("*", "%2A")
                .replace("%7E", "~");
    }
}
