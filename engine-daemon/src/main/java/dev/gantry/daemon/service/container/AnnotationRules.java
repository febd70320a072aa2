package dev.gantry.daemon.service.container;

import dev.gantry.daemon.type.EngineException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Which annotations reach the OCI runtime. Some runtimes take orders from annotations: properties of systemd units,
 * hooks, programs of the host. Those are for who runs the host, so only names that are known to be harmless, and names
 * in which no runtime reads orders, are handed on; the rest is refused.
 */
final class AnnotationRules {

    /** Prefixes under which runtimes and systemd take orders. */
    private static final List<String> ORDERS = List.of(
            "org.systemd.property.",
            "run.oci.",
            "org.criu.",
            "io.kubernetes.cri",
            "io.katacontainers.",
            "com.github.containers.",
            "dev.gvisor.",
            "module.wasm.image/",
            "org.opencontainers.runc.");

    /** What crun reads that concerns nothing but the container itself. */
    private static final List<String> HARMLESS = List.of("run.oci.keep_original_groups");

    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9]([A-Za-z0-9._/-]{0,252}[A-Za-z0-9])?");
    private static final Pattern HUGEPAGES = Pattern.compile("dev\\.gantry\\.hugepages-([0-9]{1,5}[KMG]B)");
    private static final String OWN = "dev.gantry.";
    private static final int TOTAL_MAXIMUM = 256 * 1024;

    private AnnotationRules() {}

    /**
     * Checks the annotations of a container.
     *
     * @throws EngineException of kind invalid for the first one that is not allowed
     */
    static void check(Map<String, String> annotations) {
        int total = 0;
        for (Map.Entry<String, String> annotation : new TreeMap<>(annotations).entrySet()) {
            String name = annotation.getKey();
            total += name.length() + annotation.getValue().length();
            if (!NAME.matcher(name).matches() || annotation.getValue().indexOf('\0') >= 0) {
                throw EngineException.invalid("invalid annotation name: \"" + name + "\"");
            }
            boolean orders = ORDERS.stream().anyMatch(name::startsWith) && !HARMLESS.contains(name);
            if (orders || (name.startsWith(OWN) && !HUGEPAGES.matcher(name).matches())) {
                throw EngineException.invalid("annotation \"" + name
                        + "\" is not allowed: runtimes take orders from it that concern the host");
            }
        }
        if (total > TOTAL_MAXIMUM) {
            throw EngineException.invalid(
                    "annotations of " + total + " bytes, at most " + TOTAL_MAXIMUM + " are allowed");
        }
        hugepages(annotations);
    }

    /** The annotations that the OCI runtime is given. */
    static Map<String, String> forRuntime(Map<String, String> annotations) {
        Map<String, String> handed = new HashMap<>(annotations);
        handed.keySet().removeIf(name -> name.startsWith(OWN));
        return handed;
    }

    /** Limits of huge pages, which Docker's API has no field for: {@code dev.gantry.hugepages-2MB=bytes}. */
    static Map<String, Long> hugepages(Map<String, String> annotations) {
        Map<String, Long> limits = new HashMap<>();
        annotations.forEach((name, value) -> {
            Matcher size = HUGEPAGES.matcher(name);
            if (size.matches()) {
                if (!value.matches("[0-9]{1,18}")) {
                    throw EngineException.invalid("annotation " + name + "=" + value + ": not a number of bytes");
                }
                limits.put(size.group(1), Long.parseLong(value));
            }
        });
        return limits;
    }
}
