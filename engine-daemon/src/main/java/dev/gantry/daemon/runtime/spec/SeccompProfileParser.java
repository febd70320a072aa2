package dev.gantry.daemon.runtime.spec;

import dev.gantry.daemon.runtime.spec.SeccompRule.Argument;
import dev.gantry.daemon.runtime.spec.SeccompRule.Condition;
import dev.gantry.daemon.runtime.spec.SeccompRule.KernelVersion;
import dev.gantry.daemon.type.EngineException;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Reads seccomp profiles in Docker's JSON format. */
final class SeccompProfileParser {

    private static final JsonMapper JSON = JsonMapper.shared();
    private static final BigInteger MAX_UNSIGNED = BigInteger.ONE.shiftLeft(64).subtract(BigInteger.ONE);

    private SeccompProfileParser() {}

    static SeccompProfile parse(String text) {
        try {
            return profile(JSON.readTree(text));
        } catch (JacksonException | IllegalArgumentException e) {
            // compat: docker's words before the reason
            throw new EngineException(
                    EngineException.Kind.INVALID, "Decoding seccomp profile failed: " + e.getMessage(), e);
        }
    }

    private static SeccompProfile profile(JsonNode root) {
        if (!root.isObject()) {
            throw new IllegalArgumentException("not a JSON object");
        }
        List<String> architectures = strings(root.path("architectures"));
        JsonNode archMap = root.path("archMap");
        if (!architectures.isEmpty() && !archMap.isEmpty()) {
            throw new IllegalArgumentException("'architectures' and 'archMap' were specified in the seccomp profile,"
                    + " use either 'architectures' or 'archMap'");
        }
        List<SeccompRule> rules = new ArrayList<>();
        for (JsonNode call : root.path("syscalls")) {
            rules.add(rule(call));
        }
        return new SeccompProfile(
                required(root, "defaultAction"),
                number(root.path("defaultErrnoRet")),
                archMap.isEmpty() ? Optional.of(architectures) : Optional.empty(),
                archMap.isEmpty() ? Optional.empty() : Optional.of(architectureMap(archMap)),
                strings(root.path("flags")),
                rules);
    }

    private static Map<String, List<String>> architectureMap(JsonNode archMap) {
        Map<String, List<String>> map = new LinkedHashMap<>();
        for (JsonNode entry : archMap) {
            List<String> all = new ArrayList<>(List.of(required(entry, "architecture")));
            all.addAll(strings(entry.path("subArchitectures")));
            map.put(all.get(0), all);
        }
        return map;
    }

    private static SeccompRule rule(JsonNode call) {
        List<String> names = strings(call.path("names"));
        if (call.path("name").isString()) {
            if (!names.isEmpty()) {
                throw new IllegalArgumentException(
                        "'name' and 'names' were specified in the seccomp profile," + " use either 'name' or 'names'");
            }
            names = List.of(call.path("name").asString());
        }
        List<Argument> arguments = new ArrayList<>();
        for (JsonNode argument : call.path("args")) {
            arguments.add(new Argument(
                    argument.path("index").asInt(0),
                    unsigned(argument.path("value")),
                    unsigned(argument.path("valueTwo")),
                    required(argument, "op")));
        }
        return new SeccompRule(
                names,
                required(call, "action"),
                number(call.path("errnoRet")),
                arguments,
                condition(call.path("includes"), call.path("excludes")));
    }

    private static Condition condition(JsonNode includes, JsonNode excludes) {
        JsonNode kernel = includes.path("minKernel");
        if (!excludes.path("minKernel").isMissingNode()) {
            throw new IllegalArgumentException("'minKernel' cannot be excluded");
        }
        return new Condition(
                set(includes.path("caps")),
                set(excludes.path("caps")),
                set(includes.path("arches")),
                set(excludes.path("arches")),
                kernel.isString() ? Optional.of(KernelVersion.parse(kernel.asString())) : Optional.empty());
    }

    private static String required(JsonNode object, String name) {
        JsonNode value = object.path(name);
        if (!value.isString()) {
            throw new IllegalArgumentException("'" + name + "' is missing");
        }
        return value.asString();
    }

    private static Optional<Long> number(JsonNode value) {
        return value.isNumber() ? Optional.of(value.asLong()) : Optional.empty();
    }

    private static long unsigned(JsonNode value) {
        if (value.isMissingNode() || value.isNull()) {
            return 0;
        }
        BigInteger number = value.bigIntegerValue();
        if (number.signum() < 0 || number.compareTo(MAX_UNSIGNED) > 0) {
            throw new IllegalArgumentException("argument value " + number + " is out of range");
        }
        return number.longValue();
    }

    private static Set<String> set(JsonNode array) {
        return new LinkedHashSet<>(strings(array));
    }

    private static List<String> strings(JsonNode array) {
        List<String> values = new ArrayList<>();
        for (JsonNode value : array) {
            if (!value.isString()) {
                throw new IllegalArgumentException("expected a string, found " + value);
            }
            values.add(value.asString());
        }
        return values;
    }
}
