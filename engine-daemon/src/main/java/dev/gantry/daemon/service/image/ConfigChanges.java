package dev.gantry.daemon.service.image;

import dev.gantry.daemon.service.health.Healthcheck;
import dev.gantry.daemon.type.EngineException;
import dev.gantry.daemon.type.Signal;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;

/**
 * Changes an image's configuration by those instructions of a Dockerfile that do so: CMD, ENTRYPOINT, ENV, EXPOSE,
 * HEALTHCHECK, LABEL, ONBUILD, STOPSIGNAL, USER, VOLUME and WORKDIR. Used by one thread.
 */
final class ConfigChanges {

    private static final List<String> DEFAULT_SHELL = List.of("/bin/sh", "-c");

    private String user;
    private final TreeSet<String> exposedPorts;
    private final Map<String, String> env = new LinkedHashMap<>();
    private Optional<List<String>> entrypoint;
    private Optional<List<String>> cmd;
    private final TreeSet<String> volumes;
    private String workingDir;
    private final Map<String, String> labels;
    private String stopSignal;
    private Optional<Healthcheck> healthcheck;
    private final List<String> onBuild;
    private final Optional<List<String>> shell;
    private final boolean argsEscaped;

    private ConfigChanges(ImageConfig base) {
        user = base.user();
        exposedPorts = new TreeSet<>(base.exposedPorts());
        base.env().forEach(line -> env.put(nameOf(line), valueOf(line)));
        entrypoint = base.entrypoint();
        cmd = base.cmd();
        volumes = new TreeSet<>(base.volumes());
        workingDir = base.workingDir();
        labels = new LinkedHashMap<>(base.labels());
        stopSignal = base.stopSignal();
        healthcheck = base.healthcheck();
        onBuild = new ArrayList<>(base.onBuild());
        shell = base.shell();
        argsEscaped = base.argsEscaped();
    }

    /**
     * Applies instructions in order.
     *
     * @param instructions one or more lines each; a backslash at the end continues a line
     * @throws EngineException of kind invalid, with docker's text
     */
    static ImageConfig apply(ImageConfig base, List<String> instructions) {
        ConfigChanges changes = new ConfigChanges(base);
        String text = String.join("\n", instructions).replace("\\\n", "");
        for (String line : text.split("\n", -1)) {
            String instruction = line.strip();
            if (!instruction.isEmpty() && !instruction.startsWith("#")) {
                changes.apply(instruction);
            }
        }
        return changes.result();
    }

    private ImageConfig result() {
        return new ImageConfig(
                user,
                List.copyOf(exposedPorts),
                env.entrySet().stream()
                        .map(e -> e.getKey() + "=" + e.getValue())
                        .toList(),
                entrypoint,
                cmd,
                List.copyOf(volumes),
                workingDir,
                labels,
                stopSignal,
                healthcheck,
                onBuild,
                shell,
                argsEscaped);
    }

    private void apply(String instruction) {
        String[] parts = instruction.split("\\s+", 2);
        String name = parts[0].toUpperCase(Locale.ROOT);
        String rest = parts.length < 2 ? "" : parts[1].strip();
        switch (name) {
            case "CMD" -> cmd = Optional.of(command(rest));
            case "ENTRYPOINT" -> entrypoint = Optional.of(command(rest));
            case "ENV" -> env.putAll(pairs(name, rest));
            case "EXPOSE" -> expose(required(name, rest));
            case "HEALTHCHECK" -> healthcheck = Optional.of(healthcheck(required(name, rest)));
            case "LABEL" -> labels.putAll(pairs(name, rest));
            case "ONBUILD" -> onBuild(required(name, rest));
            case "STOPSIGNAL" -> stopSignal = signal(one(name, rest));
            case "USER" -> user = one(name, rest);
            case "VOLUME" -> volume(required(name, rest));
            case "WORKDIR" -> workingDir = directory(one(name, rest));
            default -> throw EngineException.invalid(name + " is not a valid change command");
        }
    }

    private List<String> command(String text) {
        List<String> exec = jsonArray(text);
        if (exec != null) {
            return exec;
        }
        if (text.isEmpty()) {
            return List.of();
        }
        List<String> command = new ArrayList<>(shell.orElse(DEFAULT_SHELL));
        command.add(text);
        return command;
    }

    /** The strings of a JSON array, or null where the text is something else. */
    private static @Nullable List<String> jsonArray(String text) {
        if (!text.startsWith("[")) {
            return null;
        }
        try {
            return List.of(Documents.read(text.getBytes(StandardCharsets.UTF_8), String[].class));
        } catch (JacksonException | NullPointerException e) {
            // As in a Dockerfile: what is not an array of strings is a line for the shell.
            return null;
        }
    }

    private Map<String, String> pairs(String name, String text) {
        List<String> words = Words.split(required(name, text));
        Map<String, String> pairs = new LinkedHashMap<>();
        if (words.get(0).indexOf('=') < 0) {
            if (words.size() < 2) {
                throw EngineException.invalid(name + " must have two arguments");
            }
            String value = text.substring(words.get(0).length()).strip();
            pairs.put(expand(words.get(0)), expand(value));
            return pairs;
        }
        for (String word : words) {
            int equals = word.indexOf('=');
            if (equals < 0) {
                throw EngineException.invalid(
                        "Syntax error - can't find = in \"" + word + "\". Must be of the form: name=value");
            }
            String key = expand(word.substring(0, equals));
            if (key.isEmpty()) {
                throw EngineException.invalid(name + " names can not be blank");
            }
            pairs.put(key, expand(word.substring(equals + 1)));
        }
        return pairs;
    }

    private void expose(String text) {
        for (String word : Words.split(text)) {
            String port = expand(word);
            int slash = port.indexOf('/');
            String numbers = slash < 0 ? port : port.substring(0, slash);
            String protocol = slash < 0 ? "tcp" : port.substring(slash + 1).toLowerCase(Locale.ROOT);
            if (!List.of("tcp", "udp", "sctp").contains(protocol)) {
                throw EngineException.invalid("invalid proto: " + protocol);
            }
            String[] range = numbers.split("-", 2);
            int first = portNumber(range[0], port);
            int last = portNumber(range[range.length - 1], port);
            if (last < first) {
                throw EngineException.invalid("Invalid containerPort: " + numbers);
            }
            for (int number = first; number <= last; number++) {
                exposedPorts.add(number + "/" + protocol);
            }
        }
    }

    private static int portNumber(String text, String port) {
        if (text.matches("[0-9]{1,5}") && Integer.parseInt(text) <= 65535) {
            return Integer.parseInt(text);
        }
        throw EngineException.invalid("Invalid containerPort: " + port);
    }

    private Healthcheck healthcheck(String text) {
        Map<String, String> options = new LinkedHashMap<>();
        String rest = text;
        while (rest.startsWith("--")) {
            String[] parts = rest.split("\\s+", 2);
            String[] option = parts[0].substring(2).split("=", 2);
            options.put(option[0], option.length < 2 ? "" : option[1]);
            rest = parts.length < 2 ? "" : parts[1];
        }
        String[] parts = rest.split("\\s+", 2);
        String type = parts[0].toUpperCase(Locale.ROOT);
        if (type.equals("NONE")) {
            if (parts.length > 1) {
                throw EngineException.invalid("HEALTHCHECK NONE takes no arguments");
            }
            return Healthcheck.of(List.of("NONE"));
        }
        if (!type.equals("CMD")) {
            throw EngineException.invalid("Unknown type \"" + type + "\" in HEALTHCHECK (try CMD)");
        }
        return healthcheck(probe(parts.length < 2 ? "" : parts[1]), options);
    }

    private static List<String> probe(String command) {
        if (command.isEmpty()) {
            throw EngineException.invalid("Missing command after HEALTHCHECK CMD");
        }
        List<String> exec = jsonArray(command);
        if (exec == null) {
            return List.of("CMD-SHELL", command);
        }
        List<String> test = new ArrayList<>(List.of("CMD"));
        test.addAll(exec);
        return test;
    }

    private static Healthcheck healthcheck(List<String> test, Map<String, String> options) {
        Duration interval = GoDuration.parse(options.remove("interval"));
        Duration timeout = GoDuration.parse(options.remove("timeout"));
        Duration startPeriod = GoDuration.parse(options.remove("start-period"));
        Duration startInterval = GoDuration.parse(options.remove("start-interval"));
        String count = options.remove("retries");
        if (!options.isEmpty()) {
            throw EngineException.invalid(
                    "unknown flag: --" + options.keySet().iterator().next());
        }
        if (count != null && !count.matches("[0-9]{1,6}")) {
            throw EngineException.invalid("--retries must be a number that is not negative, not \"" + count + "\"");
        }
        int retries = count == null ? 0 : Integer.parseInt(count);
        return new Healthcheck(test, interval, timeout, startPeriod, startInterval, retries);
    }

    private void onBuild(String text) {
        String trigger = text.split("\\s+", 2)[0].toUpperCase(Locale.ROOT);
        if (trigger.equals("ONBUILD")) {
            throw EngineException.invalid("Chaining ONBUILD via `ONBUILD ONBUILD` isn't allowed");
        }
        if (trigger.equals("FROM") || trigger.equals("MAINTAINER")) {
            throw EngineException.invalid(trigger + " isn't allowed as an ONBUILD trigger");
        }
        onBuild.add(text);
    }

    private static String signal(String text) {
        Signal.parse(text);
        return text;
    }

    private void volume(String text) {
        List<String> paths = jsonArray(text);
        for (String path : paths == null ? Words.split(text) : paths) {
            String volume = expand(path).strip();
            if (volume.isEmpty()) {
                throw EngineException.invalid("VOLUME specified can not be an empty string");
            }
            volumes.add(volume);
        }
    }

    private String directory(String text) {
        String joined = text.startsWith("/") ? text : (workingDir.isEmpty() ? "/" : workingDir) + "/" + text;
        ArrayList<String> parts = new ArrayList<>();
        for (String part : joined.split("/", -1)) {
            if (part.equals("..")) {
                if (!parts.isEmpty()) {
                    parts.remove(parts.size() - 1);
                }
            } else if (!part.isEmpty() && !part.equals(".")) {
                parts.add(part);
            }
        }
        return "/" + String.join("/", parts);
    }

    private String one(String name, String text) {
        List<String> words = Words.split(text);
        if (words.size() != 1) {
            throw EngineException.invalid(name + " requires exactly one argument");
        }
        return expand(words.get(0));
    }

    private static String required(String name, String text) {
        if (text.isEmpty()) {
            throw EngineException.invalid(name + " requires at least one argument");
        }
        return text;
    }

    private String expand(String word) {
        return Words.expand(word, env);
    }

    private static String nameOf(String line) {
        int equals = line.indexOf('=');
        return equals < 0 ? line : line.substring(0, equals);
    }

    private static String valueOf(String line) {
        int equals = line.indexOf('=');
        return equals < 0 ? "" : line.substring(equals + 1);
    }
}
