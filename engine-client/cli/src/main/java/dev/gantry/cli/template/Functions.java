package dev.gantry.cli.template;

import dev.gantry.client.json.Json;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collection;
import java.util.IllegalFormatException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The functions a template may call, and how values are printed and compared. */
final class Functions {

    private static final Set<String> NAMES = Set.of(
            "json",
            "join",
            "split",
            "upper",
            "lower",
            "title",
            "len",
            "index",
            "print",
            "println",
            "printf",
            "eq",
            "ne",
            "lt",
            "le",
            "gt",
            "ge",
            "and",
            "or",
            "not",
            "truncate",
            "pad",
            "slice");

    private Functions() {}

    static boolean exists(String name) {
        return NAMES.contains(name);
    }

    static @Nullable Object call(String name, List<@Nullable Object> arguments) {
        return switch (name) {
            case "json" -> json(argument(name, arguments, 0));
            case "join" -> join(arguments);
            case "split" ->
                List.of(text(argument(name, arguments, 0))
                        .split(Pattern.quote(text(argument(name, arguments, 1))), -1));
            case "upper" -> text(argument(name, arguments, 0)).toUpperCase(Locale.ROOT);
            case "lower" -> text(argument(name, arguments, 0)).toLowerCase(Locale.ROOT);
            case "title" -> title(text(argument(name, arguments, 0)));
            case "len" -> BigDecimal.valueOf(length(argument(name, arguments, 0)));
            case "index" -> index(arguments);
            case "print" -> String.join(" ", texts(arguments));
            case "println" -> String.join(" ", texts(arguments)) + "\n";
            case "printf" -> printf(arguments);
            case "not" -> !isTrue(argument(name, arguments, 0));
            case "and" -> firstWhere(arguments, false);
            case "or" -> firstWhere(arguments, true);
            case "truncate" -> truncate(text(argument(name, arguments, 0)), number(argument(name, arguments, 1)));
            case "pad" -> pad(arguments);
            case "slice" -> slice(arguments);
            default -> compare(name, arguments);
        };
    }

    private static @Nullable Object argument(String name, List<@Nullable Object> arguments, int index) {
        if (index >= arguments.size()) {
            throw new TemplateException("wrong number of args for " + name);
        }
        return arguments.get(index);
    }

    /** How a value is printed, as Go prints it. */
    static String text(@Nullable Object value) {
        if (value == null) {
            return "<no value>";
        }
        if (value instanceof Row row) {
            return text(row.values());
        }
        if (value instanceof Collection<?> list) {
            return "[" + String.join(" ", texts(new ArrayList<>(list))) + "]";
        }
        if (value instanceof Map<?, ?> map) {
            StringBuilder text = new StringBuilder("map[");
            sorted(map)
                    .forEach((key, item) -> text.append(text.length() > 4 ? " " : "")
                            .append(key)
                            .append(':')
                            .append(text(item)));
            return text.append(']').toString();
        }
        return value instanceof BigDecimal number ? number.toPlainString() : value.toString();
    }

    static Map<String, @Nullable Object> sorted(Map<?, ?> map) {
        Map<String, @Nullable Object> sorted = new TreeMap<>();
        map.forEach((key, value) -> sorted.put(String.valueOf(key), value));
        return sorted;
    }

    static boolean isTrue(@Nullable Object value) {
        if (value instanceof Boolean bool) {
            return bool;
        }
        if (value instanceof Number number) {
            return number.doubleValue() != 0;
        }
        return value != null && (value instanceof Row || length(value) > 0);
    }

    private static List<String> texts(List<? extends @Nullable Object> values) {
        List<String> texts = new ArrayList<>();
        values.forEach(value -> texts.add(text(value)));
        return texts;
    }

    private static String json(@Nullable Object value) {
        return Json.of(value instanceof Row row ? row.values() : value).toString();
    }

    private static String join(List<@Nullable Object> arguments) {
        Object list = argument("join", arguments, 0);
        String separator = text(argument("join", arguments, 1));
        return list instanceof Collection<?> items ? String.join(separator, texts(new ArrayList<>(items))) : text(list);
    }

    private static String title(String text) {
        return text.isEmpty() ? text : text.substring(0, 1).toUpperCase(Locale.ROOT) + text.substring(1);
    }

    private static int length(@Nullable Object value) {
        if (value instanceof Collection<?> list) {
            return list.size();
        }
        if (value instanceof Map<?, ?> map) {
            return map.size();
        }
        if (value instanceof String text) {
            return text.length();
        }
        if (value == null) {
            return 0;
        }
        throw new TemplateException("len of type " + value.getClass().getSimpleName());
    }

    private static @Nullable Object index(List<@Nullable Object> arguments) {
        Object value = argument("index", arguments, 0);
        for (Object key : arguments.subList(1, arguments.size())) {
            if (value instanceof List<?> list) {
                int position = number(key);
                if (position < 0 || position >= list.size()) {
                    throw new TemplateException("error calling index: index out of range: " + position);
                }
                value = list.get(position);
            } else if (value instanceof Map<?, ?> map) {
                value = map.get(text(key));
            } else {
                throw new TemplateException("error calling index: index of untyped nil");
            }
        }
        return value;
    }

    private static int number(@Nullable Object value) {
        if (value instanceof Number number) {
            return number.intValue();
        }
        throw new TemplateException("expected integer; found " + text(value));
    }

    private static String printf(List<@Nullable Object> arguments) {
        String format =
                text(argument("printf", arguments, 0)).replace("%v", "%s").replace("%q", "\"%s\"");
        Object[] values = arguments.subList(1, arguments.size()).stream()
                .map(value -> value instanceof Number number && format.contains("%d")
                        ? (Object) number.longValue()
                        : text(value))
                .toArray();
        try {
            return String.format(Locale.ROOT, format, values);
        } catch (IllegalFormatException e) {
            throw new TemplateException("bad format for printf: " + format);
        }
    }

    private static @Nullable Object firstWhere(List<@Nullable Object> arguments, boolean truth) {
        Object last = argument(truth ? "or" : "and", arguments, 0);
        for (Object value : arguments) {
            last = value;
            if (isTrue(value) == truth) {
                return value;
            }
        }
        return last;
    }

    private static String truncate(String text, int length) {
        return text.length() > length ? text.substring(0, length) : text;
    }

    private static String pad(List<@Nullable Object> arguments) {
        String text = text(argument("pad", arguments, 0));
        int before = number(argument("pad", arguments, 1));
        return text.isEmpty() ? text : " ".repeat(before) + text + " ".repeat(number(argument("pad", arguments, 2)));
    }

    private static Object slice(List<@Nullable Object> arguments) {
        Object value = argument("slice", arguments, 0);
        int from = arguments.size() > 1 ? number(arguments.get(1)) : 0;
        int to = arguments.size() > 2 ? number(arguments.get(2)) : length(value);
        if (from < 0 || to > length(value) || from > to) {
            throw new TemplateException("error calling slice: index out of range: " + to);
        }
        return value instanceof List<?> list
                ? list.subList(from, to)
                : text(value).substring(from, to);
    }

    private static boolean compare(String name, List<@Nullable Object> arguments) {
        Object left = argument(name, arguments, 0);
        if (name.equals("eq")) {
            argument(name, arguments, 1);
            return arguments.stream().skip(1).anyMatch(right -> order(left, right) == 0);
        }
        int order = order(left, argument(name, arguments, 1));
        return switch (name) {
            case "ne" -> order != 0;
            case "lt" -> order < 0;
            case "le" -> order <= 0;
            case "gt" -> order > 0;
            default -> order >= 0;
        };
    }

    private static int order(@Nullable Object left, @Nullable Object right) {
        if (left instanceof Number && right instanceof Number) {
            return new BigDecimal(left.toString()).compareTo(new BigDecimal(right.toString()));
        }
        if (left == null || right == null) {
            return Objects.equals(left, right) ? 0 : 1;
        }
        return text(left).compareTo(text(right));
    }
}
