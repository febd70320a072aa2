package dev.gantry.daemon.runtime.spec;

import dev.gantry.daemon.runtime.spec.SeccompRule.KernelVersion;
import java.io.IOException;
import java.io.InputStream;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/**
 * A system call filter with conditions, before it is resolved for one container on one host. Calls that the installed
 * libseccomp does not know are left in: the OCI runtimes ignore them. Immutable.
 */
public final class SeccompProfile {

    /** The filter of the OCI specification by the host's architecture, in Go's words: itself and what it also runs. */
    private static final Map<String, List<String>> ARCHITECTURES = Map.of(
            "amd64", List.of("SCMP_ARCH_X86_64", "SCMP_ARCH_X86", "SCMP_ARCH_X32"),
            "arm64", List.of("SCMP_ARCH_AARCH64", "SCMP_ARCH_ARM"),
            "s390x", List.of("SCMP_ARCH_S390X", "SCMP_ARCH_S390"),
            "riscv64", List.of("SCMP_ARCH_RISCV64"),
            "loong64", List.of("SCMP_ARCH_LOONGARCH64"));

    private static final JsonFactory JSON = new JsonFactory();

    private final String defaultAction;
    private final Optional<Long> defaultErrno;
    private final Optional<List<String>> fixedArchitectures;
    private final Optional<Map<String, List<String>>> architectureMap;
    private final List<String> flags;
    private final List<SeccompRule> rules;

    SeccompProfile(
            String defaultAction,
            Optional<Long> defaultErrno,
            Optional<List<String>> fixedArchitectures,
            Optional<Map<String, List<String>>> architectureMap,
            List<String> flags,
            List<SeccompRule> rules) {
        this.defaultAction = defaultAction;
        this.defaultErrno = defaultErrno;
        this.fixedArchitectures = fixedArchitectures;
        this.architectureMap = architectureMap;
        this.flags = List.copyOf(flags);
        this.rules = List.copyOf(rules);
    }

    /** The profile every container gets unless told otherwise. */
    public static SeccompProfile standard() {
        return Standard.PROFILE;
    }

    /**
     * Reads a profile in Docker's JSON format.
     *
     * @throws dev.gantry.daemon.type.EngineException of kind invalid where it is none
     */
    public static SeccompProfile parse(String json) {
        return SeccompProfileParser.parse(json);
    }

    /**
     * Resolves the conditions.
     *
     * @param capabilities the container's bounding set
     * @return the object {@code linux.seccomp} of the OCI specification
     */
    String resolve(Set<String> capabilities, Host host) {
        StringWriter text = new StringWriter(16_384);
        try (JsonGenerator json = JSON.createGenerator(ObjectWriteContext.empty(), text)) {
            json.writeStartObject();
            json.writeStringProperty("defaultAction", defaultAction);
            defaultErrno.ifPresent(errno -> json.writeNumberProperty("defaultErrnoRet", errno));
            writeStrings(json, "architectures", architectures(host));
            writeStrings(json, "flags", flags);
            json.writeArrayPropertyStart("syscalls");
            for (SeccompRule rule : rules) {
                if (rule.condition().holds(capabilities, host.architecture(), host.kernel())) {
                    write(json, rule);
                }
            }
            json.writeEndArray();
            json.writeEndObject();
        }
        return text.toString();
    }

    private List<String> architectures(Host host) {
        if (fixedArchitectures.isPresent()) {
            return fixedArchitectures.get();
        }
        List<String> known = ARCHITECTURES.getOrDefault(host.architecture(), List.of());
        if (architectureMap.isEmpty() || known.isEmpty()) {
            return known;
        }
        return architectureMap.get().getOrDefault(known.get(0), List.of());
    }

    private static void write(JsonGenerator json, SeccompRule rule) {
        json.writeStartObject();
        writeStrings(json, "names", rule.names());
        json.writeStringProperty("action", rule.action());
        rule.errno().ifPresent(errno -> json.writeNumberProperty("errnoRet", errno));
        if (!rule.arguments().isEmpty()) {
            json.writeArrayPropertyStart("args");
            for (SeccompRule.Argument argument : rule.arguments()) {
                json.writeStartObject();
                json.writeNumberProperty("index", argument.index());
                json.writeName("value");
                json.writeNumber(Long.toUnsignedString(argument.value()));
                json.writeName("valueTwo");
                json.writeNumber(Long.toUnsignedString(argument.valueTwo()));
                json.writeStringProperty("op", argument.operator());
                json.writeEndObject();
            }
            json.writeEndArray();
        }
        json.writeEndObject();
    }

    private static void writeStrings(JsonGenerator json, String name, List<String> values) {
        if (values.isEmpty()) {
            return;
        }
        json.writeArrayPropertyStart(name);
        values.forEach(json::writeString);
        json.writeEndArray();
    }

    /** The rules, for tests that compare profiles. */
    List<SeccompRule> rules() {
        return rules;
    }

    /**
     * What of the host decides conditions.
     *
     * @param architecture in Go's words
     * @param kernel the running kernel
     */
    record Host(String architecture, KernelVersion kernel) {

        static Host current() {
            String architecture = switch (System.getProperty("os.arch", "")) {
                case "amd64", "x86_64" -> "amd64";
                case "aarch64" -> "arm64";
                case "loongarch64" -> "loong64";
                default -> System.getProperty("os.arch", "");
            };
            return new Host(architecture, KernelVersion.parse(System.getProperty("os.version", "")));
        }
    }

    private static final class Standard {
        static final SeccompProfile PROFILE = load();

        private static SeccompProfile load() {
            try (InputStream text = Objects.requireNonNull(
                    SeccompProfile.class.getResourceAsStream("seccomp-default.profile"),
                    "seccomp-default.profile is missing from the engine")) {
                List<SeccompRule> rules =
                        DefaultSeccompReader.read(new String(text.readAllBytes(), StandardCharsets.UTF_8));
                return new SeccompProfile(
                        "SCMP_ACT_ERRNO", Optional.of(1L), Optional.empty(), Optional.empty(), List.of(), rules);
            } catch (IOException e) {
                throw new UncheckedIOException("Reading the default seccomp profile", e);
            }
        }
    }
}
