package dev.gantry.cli.option;

import java.lang.reflect.Field;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The options and arguments of one command object. Used once, by one thread. */
public final class CommandLine {

    private record Setting(Field field, Object owner, Option option) {
        boolean isSwitch() {
            return field.getType() == boolean.class || field.getType() == Boolean.class;
        }
    }

    private record Argument(Field field, Object owner, Parameters parameters) {
        boolean isList() {
            return field.getType() == List.class;
        }
    }

    private final String name;
    private final boolean stopAtArgument;
    private final Map<String, Setting> settings = new LinkedHashMap<>();
    private final List<Argument> arguments = new ArrayList<>();
    private boolean helpRequested;

    /**
     * Looks at a command.
     *
     * @param stopAtArgument whether all that follows the first argument is argument too
     */
    public CommandLine(Object command, String name, boolean stopAtArgument) {
        this.name = name;
        this.stopAtArgument = stopAtArgument;
        for (Class<?> type = command.getClass(); type != null && type != Object.class; type = type.getSuperclass()) {
            collect(type, command);
        }
        arguments.sort(Comparator.comparingInt(argument -> argument.parameters.index()));
    }

    private void collect(Class<?> type, Object owner) {
        for (Field field : type.getDeclaredFields()) {
            Option option = field.getAnnotation(Option.class);
            Parameters parameters = field.getAnnotation(Parameters.class);
            if (option != null) {
                field.setAccessible(true);
                Setting setting = new Setting(field, owner, option);
                for (String optionName : option.names()) {
                    settings.put(optionName, setting);
                }
            } else if (parameters != null) {
                field.setAccessible(true);
                arguments.add(new Argument(field, owner, parameters));
            } else if (field.isAnnotationPresent(Mixin.class)) {
                field.setAccessible(true);
                collect(field.getType(), get(field, owner));
            }
        }
    }

    /** Fills the fields; fails with {@link UsageException}. Returns false when help is asked for instead. */
    public boolean parse(List<String> words) {
        Deque<String> rest = new ArrayDeque<>(words);
        List<String> given = new ArrayList<>();
        while (!rest.isEmpty() && !helpRequested) {
            String word = rest.remove();
            if (word.equals("--")) {
                given.addAll(rest);
                break;
            }
            if (word.startsWith("--")) {
                longOption(word, rest);
            } else if (word.startsWith("-") && word.length() > 1) {
                shortOptions(word, rest);
            } else {
                given.add(word);
                if (stopAtArgument) {
                    given.addAll(rest);
                    break;
                }
            }
        }
        if (!helpRequested) {
            assign(given);
        }
        return !helpRequested;
    }

    private void longOption(String word, Deque<String> rest) {
        int equals = word.indexOf('=');
        String key = equals < 0 ? word : word.substring(0, equals);
        if (key.equals("--help")) {
            helpRequested = true;
            return;
        }
        Setting setting = settings.get(key);
        if (setting == null) {
            throw new UsageException("unknown flag: " + key, false);
        }
        if (equals >= 0) {
            set(setting, key, word.substring(equals + 1));
        } else if (setting.isSwitch()) {
            set(setting, key, "true");
        } else if (rest.isEmpty()) {
            throw new UsageException("flag needs an argument: " + key, false);
        } else {
            set(setting, key, rest.remove());
        }
    }

    private void shortOptions(String word, Deque<String> rest) {
        for (int i = 1; i < word.length(); i++) {
            String key = "-" + word.charAt(i);
            Setting setting = settings.get(key);
            if (setting == null) {
                throw new UsageException("unknown shorthand flag: '" + word.charAt(i) + "' in " + word, false);
            }
            String after = word.substring(i + 1);
            if (after.startsWith("=")) {
                set(setting, key, after.substring(1));
                return;
            }
            if (setting.isSwitch()) {
                set(setting, key, "true");
                continue;
            }
            if (after.isEmpty() && rest.isEmpty()) {
                throw new UsageException("flag needs an argument: '" + word.charAt(i) + "' in " + word, false);
            }
            set(setting, key, after.isEmpty() ? rest.remove() : after);
            return;
        }
    }

    private static void set(Setting setting, String key, String text) {
        Class<?> type = setting.field.getType();
        try {
            if (type == List.class) {
                List<String> list = new ArrayList<>(texts(setting.field, setting.owner));
                list.add(text);
                setting.field.set(setting.owner, list);
            } else {
                setting.field.set(setting.owner, convert(type, text));
            }
        } catch (IllegalArgumentException e) {
            throw new UsageException(
                    "invalid argument \"" + text + "\" for \"" + String.join(", ", setting.option.names()) + "\" flag: "
                            + (setting.isSwitch() ? "not a boolean" : "not a whole number"),
                    false);
        } catch (IllegalAccessException e) {
            throw new IllegalStateException("Tried to set " + key, e);
        }
    }

    private static Object convert(Class<?> type, String text) {
        if (type == boolean.class || type == Boolean.class) {
            return switch (text) {
                case "true", "1", "t", "T", "TRUE", "True" -> true;
                case "false", "0", "f", "F", "FALSE", "False" -> false;
                default -> throw new IllegalArgumentException(text);
            };
        }
        if (type == int.class || type == Integer.class) {
            return Integer.valueOf(text);
        }
        return type == long.class || type == Long.class ? (Object) Long.valueOf(text) : text;
    }

    private static List<String> texts(Field field, Object owner) throws IllegalAccessException {
        List<String> texts = new ArrayList<>();
        if (field.get(owner) instanceof List<?> list) {
            list.forEach(text -> texts.add(String.valueOf(text)));
        }
        return texts;
    }

    private void assign(List<String> given) {
        int required = 0;
        int most = 0;
        for (Argument argument : arguments) {
            int after = argument.parameters.index() + 1;
            required = argument.parameters.optional() ? required : Math.max(required, after);
            most = argument.isList() ? Integer.MAX_VALUE : Math.max(most, after);
        }
        if (given.size() < required || given.size() > most) {
            String count = most == 0
                    ? "accepts no arguments"
                    : "requires "
                            + (given.size() > most
                                    ? "at most " + most
                                    : required == most ? "" + required : "at least " + required)
                            + ((given.size() > most ? most : required) == 1 ? " argument" : " arguments");
            throw new UsageException("'gantry " + name + "' " + count, true);
        }
        for (Argument argument : arguments) {
            int index = argument.parameters.index();
            if (index < given.size()) {
                put(
                        argument.field,
                        argument.owner,
                        argument.isList() ? List.copyOf(given.subList(index, given.size())) : given.get(index));
            }
        }
    }

    private static void put(Field field, Object owner, Object value) {
        try {
            field.set(owner, value);
        } catch (IllegalAccessException e) {
            throw new IllegalStateException("Tried to set " + field.getName(), e);
        }
    }

    private static Object get(Field field, Object owner) {
        try {
            return Objects.requireNonNull(field.get(owner));
        } catch (IllegalAccessException e) {
            throw new IllegalStateException("Tried to read " + field.getName(), e);
        }
    }

    /** How the command is used, in one line. */
    public String synopsis() {
        StringBuilder text = new StringBuilder("Usage:  gantry " + name + " [OPTIONS]");
        for (Argument argument : arguments) {
            String label = argument.parameters.paramLabel();
            String many = argument.isList() && label.indexOf('[') < 0 ? label + " [" + label + "...]" : label;
            text.append(' ').append(argument.parameters.optional() ? "[" + many + "]" : many);
        }
        return text.toString();
    }

    /** How the command is used. */
    public String usage(@Nullable String description) {
        StringBuilder text = new StringBuilder(synopsis());
        text.append("\n\n")
                .append(description == null ? "" : description + "\n\n")
                .append("Options:\n");
        Map<String, Setting> sorted = new TreeMap<>();
        settings.forEach((key, setting) -> {
            if (key.startsWith("--")) {
                sorted.putIfAbsent(String.join(", ", setting.option.names()), setting);
            }
        });
        Map<String, String> lines = new TreeMap<>();
        sorted.values().forEach(setting -> lines.put(longName(setting), line(setting)));
        lines.values().forEach(text::append);
        return text.toString();
    }

    private static String longName(Setting setting) {
        for (String key : setting.option.names()) {
            if (key.startsWith("--")) {
                return key;
            }
        }
        return setting.option.names()[0];
    }

    private static String line(Setting setting) {
        String first = setting.option.names()[0];
        String names = (first.startsWith("--") ? "    " : first + ", ") + longName(setting);
        Class<?> type = setting.field.getType();
        String kind =
                setting.isSwitch() ? "" : type == List.class ? " list" : type == String.class ? " string" : " int";
        return "  " + names + kind + " ".repeat(Math.max(1, 32 - names.length() - kind.length()))
                + setting.option.description() + "\n";
    }
}
