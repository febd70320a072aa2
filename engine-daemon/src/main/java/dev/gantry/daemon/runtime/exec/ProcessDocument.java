package dev.gantry.daemon.runtime.exec;

import dev.gantry.daemon.runtime.spec.ProcessSpec;
import java.math.BigInteger;
import java.util.Comparator;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Writes a process as the OCI runtime specification has it. */
final class ProcessDocument {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private ProcessDocument() {}

    static byte[] of(ProcessSpec spec) {
        ObjectNode process = JSON.createObjectNode();
        process.put("terminal", spec.terminal());
        ArrayNode args = process.putArray("args");
        spec.args().forEach(args::add);
        ArrayNode env = process.putArray("env");
        spec.env().forEach(env::add);
        process.put("cwd", spec.workingDirectory());
        process.put("noNewPrivileges", spec.noNewPrivileges());
        addUser(process, spec.user());
        addCapabilities(process, spec);
        addRlimits(process, spec.rlimits());
        spec.oomScoreAdjust().ifPresent(value -> process.put("oomScoreAdj", value));
        return JSON.writeValueAsBytes(process);
    }

    private static void addUser(ObjectNode process, ProcessSpec.ResolvedUser resolved) {
        ObjectNode user = process.putObject("user");
        user.put("uid", resolved.uid());
        user.put("gid", resolved.gid());
        ArrayNode groups = user.putArray("additionalGids");
        resolved.additionalGids().forEach(groups::add);
    }

    private static void addCapabilities(ObjectNode process, ProcessSpec spec) {
        ObjectNode capabilities = process.putObject("capabilities");
        add(capabilities.putArray("bounding"), spec.capabilities());
        boolean root = spec.user().uid() == 0;
        add(capabilities.putArray("permitted"), root ? spec.capabilities() : Set.of());
        add(capabilities.putArray("effective"), root ? spec.capabilities() : Set.of());
    }

    private static void add(ArrayNode array, Set<String> names) {
        names.stream().sorted().forEach(array::add);
    }

    private static void addRlimits(ObjectNode process, Map<String, ProcessSpec.Rlimit> limits) {
        ArrayNode rlimits = process.putArray("rlimits");
        limits.entrySet().stream()
                .sorted(Map.Entry.comparingByKey(Comparator.naturalOrder()))
                .forEach(entry -> {
                    ObjectNode limit = rlimits.addObject();
                    limit.put("type", entry.getKey());
                    putLimit(limit, "soft", entry.getValue().soft());
                    putLimit(limit, "hard", entry.getValue().hard());
                });
    }

    /** No limit is the largest unsigned number there. */
    private static void putLimit(ObjectNode limit, String name, long value) {
        if (value < 0) {
            limit.put(name, new BigInteger(Long.toUnsignedString(value)));
        } else {
            limit.put(name, value);
        }
    }
}
