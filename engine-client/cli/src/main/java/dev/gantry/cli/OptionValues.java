package dev.gantry.cli;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads the values of options: sizes, times, key-value pairs, ports and mounts. */
final class OptionValues {

    private static final Pattern SIZE = Pattern.compile("(\\d+(?:\\.\\d+)?) ?([bkmgtpBKMGTP]?)(?:i?[bB])?");
    private static final Pattern TIME = Pattern.compile("(\\d+(?:\\.\\d+)?)(ms|us|ns|s|m|h)");
    private static final long NANOS_PER_CPU = 1_000_000_000L;

    private OptionValues() {}

    /** A size in bytes, with units that are powers of 1024; 0 when there is none, -1 stays. */
    static long size(String text) {
        if (text.isEmpty()) {
            return 0;
        }
        if (text.equals("-1")) {
            return -1;
        }
        Matcher matcher = SIZE.matcher(text);
        if (!matcher.matches()) {
            throw new IllegalArgumentException("invalid size: '" + text + "'");
        }
        int power = Math.max(0, "bkmgtp".indexOf(matcher.group(2).toLowerCase(Locale.ROOT)));
        return new BigDecimal(matcher.group(1))
                .multiply(BigDecimal.valueOf(1L << (10 * power)))
                .longValue();
    }

    static long nanoCpus(String text) {
        try {
            return text.isEmpty()
                    ? 0
                    : new BigDecimal(text)
                            .multiply(BigDecimal.valueOf(NANOS_PER_CPU))
                            .longValueExact();
        } catch (ArithmeticException | NumberFormatException e) {
            throw new IllegalArgumentException("invalid argument \"" + text + "\" for \"--cpus\" flag", e);
        }
    }

    /** A time as Go writes it, such as {@code 1m30s}. */
    static Duration time(String text) {
        Matcher matcher = TIME.matcher(text);
        Duration total = Duration.ZERO;
        int end = 0;
        while (matcher.find() && matcher.start() == end) {
            long unit = switch (matcher.group(2)) {
                case "ns" -> 1L;
                case "us" -> 1_000L;
                case "ms" -> 1_000_000L;
                case "s" -> 1_000_000_000L;
                case "m" -> 60_000_000_000L;
                default -> 3_600_000_000_000L;
            };
            total = total.plusNanos(new BigDecimal(matcher.group(1))
                    .multiply(BigDecimal.valueOf(unit))
                    .longValue());
            end = matcher.end();
        }
        if (end != text.length() || text.isEmpty()) {
            throw new IllegalArgumentException("time: invalid duration \"" + text + "\"");
        }
        return total;
    }

    /** The pairs of {@code key=value}; a key alone has the empty value. */
    static Map<String, String> pairs(List<String> given) {
        Map<String, String> pairs = new LinkedHashMap<>();
        for (String pair : given) {
            int equals = pair.indexOf('=');
            pairs.put(equals < 0 ? pair : pair.substring(0, equals), equals < 0 ? "" : pair.substring(equals + 1));
        }
        return pairs;
    }

    /** The lines of a file but blank ones and comments. */
    static List<String> lines(List<String> files) throws IOException {
        List<String> lines = new ArrayList<>();
        for (String file : files) {
            for (String line : Files.readAllLines(Path.of(file))) {
                String text = line.stripLeading();
                if (!text.isEmpty() && !text.startsWith("#")) {
                    lines.add(text);
                }
            }
        }
        return lines;
    }

    /** Variables; a name alone takes its value from the environment, or is left out where there is none. */
    static List<String> environment(List<String> given, Map<String, String> environment) {
        List<String> variables = new ArrayList<>();
        for (String variable : given) {
            if (variable.startsWith("=") || variable.isEmpty()) {
                throw new IllegalArgumentException("invalid environment variable: " + variable);
            }
            String value = environment.get(variable);
            if (variable.indexOf('=') > 0) {
                variables.add(variable);
            } else if (value != null) {
                variables.add(variable + "=" + value);
            }
        }
        return variables;
    }

    static Map<String, Object> ulimit(String text) {
        int equals = text.indexOf('=');
        String[] limits = text.substring(equals + 1).split(":", 2);
        try {
            if (equals > 0) {
                long soft = Long.parseLong(limits[0]);
                long hard = limits.length > 1 ? Long.parseLong(limits[1]) : soft;
                return Map.of("Name", text.substring(0, equals), "Soft", soft, "Hard", hard);
            }
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("invalid ulimit argument: " + text, e);
        }
        throw new IllegalArgumentException("invalid ulimit argument: " + text);
    }

    static Map<String, Object> device(String text) {
        String[] parts = text.split(":", -1);
        boolean secondIsMode = parts.length == 2 && parts[1].matches("[rwm]+");
        String inside = parts.length == 1 || secondIsMode ? parts[0] : parts[1];
        String mode = secondIsMode ? parts[1] : parts.length > 2 ? parts[2] : "rwm";
        if (parts.length > 3 || !mode.matches("[rwm]+")) {
            throw new IllegalArgumentException("invalid device specification: " + text);
        }
        return Map.of("PathOnHost", parts[0], "PathInContainer", inside, "CgroupPermissions", mode);
    }

    static Map<String, Object> restartPolicy(String text) {
        int colon = text.indexOf(':');
        String name = colon < 0 ? text : text.substring(0, colon);
        try {
            int count = colon < 0 ? 0 : Integer.parseInt(text.substring(colon + 1));
            return Map.of("Name", name, "MaximumRetryCount", count);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("maximum retry count must be an integer", e);
        }
    }

    /** A security option; the file of a seccomp profile is read here, as the engine cannot see it. */
    static String securityOption(String text) throws IOException {
        int separator = text.indexOf('=') >= 0 ? text.indexOf('=') : text.indexOf(':');
        if (separator < 0 || !text.substring(0, separator).equals("seccomp")) {
            return text;
        }
        String value = text.substring(separator + 1);
        boolean named = value.equals("unconfined") || value.equals("builtin");
        return "seccomp=" + (named ? value : Files.readString(Path.of(value)));
    }
}
