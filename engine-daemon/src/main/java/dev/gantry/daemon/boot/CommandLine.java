package dev.gantry.daemon.boot;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What stands on the daemon's command line.
 *
 * @param mode what is to be done
 * @param configFile the configuration file, if one is named
 * @param values the options given, each with its values in order
 */
record CommandLine(Mode mode, Optional<Path> configFile, Map<Option, List<String>> values) {

    enum Mode {
        RUN,
        VALIDATE,
        VERSION,
        HELP
    }

    static CommandLine parse(String... arguments) {
        Mode mode = Mode.RUN;
        Optional<Path> configFile = Optional.empty();
        Map<Option, List<String>> values = new EnumMap<>(Option.class);
        for (int i = 0; i < arguments.length; i++) {
            Argument argument = Argument.of(arguments[i]);
            switch (argument.name()) {
                case "validate" -> mode = Mode.VALIDATE;
                case "version", "v" -> mode = Mode.VERSION;
                case "help", "h" -> mode = Mode.HELP;
                case "config-file" -> {
                    boolean inline = argument.value().isPresent();
                    configFile = Optional.of(Path.of(inline ? argument.value().get() : next(arguments, i)));
                    i += inline ? 0 : 1;
                }
                default -> {
                    Option option = argument.option();
                    boolean inline = argument.value().isPresent() || option.isSwitch();
                    String value = inline ? argument.value().orElse("true") : next(arguments, i);
                    i += inline ? 0 : 1;
                    put(values, option, value);
                }
            }
        }
        return new CommandLine(mode, configFile, values);
    }

    private record Argument(String text, String name, Optional<String> value) {

        static Argument of(String text) {
            if (text.startsWith("-H") && text.length() > 2) {
                String value = text.substring(2);
                return new Argument(text, "host", Optional.of(value.startsWith("=") ? value.substring(1) : value));
            }
            if (!text.startsWith("-")) {
                throw new ConfigurationException("unexpected argument: " + text + "; see gantryd --help");
            }
            String bare = text.startsWith("--") ? text.substring(2) : text.substring(1);
            int equals = bare.indexOf('=');
            String name = equals < 0 ? bare : bare.substring(0, equals);
            return new Argument(
                    text, longName(name), equals < 0 ? Optional.empty() : Optional.of(bare.substring(equals + 1)));
        }

        private static String longName(String name) {
            return switch (name) {
                case "H" -> "host";
                case "D" -> "debug";
                case "G" -> "group";
                case "b" -> "bridge";
                case "p" -> "pidfile";
                case "l" -> "log-level";
                default -> name;
            };
        }

        Option option() {
            return Option.ofFlag(name)
                    .orElseThrow(() -> new ConfigurationException("unknown flag: " + text + "; see gantryd --help"));
        }
    }

    private static String next(String[] arguments, int position) {
        if (position + 1 >= arguments.length) {
            throw new ConfigurationException("flag needs an argument: " + arguments[position]);
        }
        return arguments[position + 1];
    }

    private static void put(Map<Option, List<String>> values, Option option, String value) {
        List<String> list = values.computeIfAbsent(option, key -> new ArrayList<>(1));
        if (!option.isRepeatable()) {
            list.clear();
        }
        list.add(value);
    }
}
