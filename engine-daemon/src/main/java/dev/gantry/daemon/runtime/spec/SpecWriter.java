package dev.gantry.daemon.runtime.spec;

import dev.gantry.daemon.runtime.spec.NamespaceChoice.Host;
import dev.gantry.daemon.runtime.spec.NamespaceChoice.Join;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import tools.jackson.core.JsonEncoding;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/**
 * Writes a container's {@code config.json} for OCI runtimes. The seccomp section, by far the longest, is worked out once
 * for each set of capabilities. Safe for use by many threads.
 */
public final class SpecWriter {

    /** Of the OCI runtime specification; what crun 1.8 and runc 1.1 both know. */
    private static final String OCI_VERSION = "1.0.2";

    private static final int REMEMBERED_FILTERS = 64;
    private static final int TYPICAL_SIZE = 32_768;
    private static final JsonFactory JSON = new JsonFactory();

    private final SeccompProfile.Host host;
    private final Map<Set<String>, String> defaultFilters = new ConcurrentHashMap<>();

    /** Writes for the host it runs on. */
    public SpecWriter() {
        this(SeccompProfile.Host.current());
    }

    SpecWriter(SeccompProfile.Host host) {
        this.host = host;
    }

    /**
     * Writes {@code config.json} into a bundle directory, which must exist.
     *
     * @param compiled what the runtime has compiled before, where it takes filters in that form
     * @return the seccomp profile that the runtime has to compile this time and could spare itself the next
     */
    public Optional<String> write(ContainerSpec spec, Path bundle, Optional<CompiledFilters> compiled) {
        Path file = bundle.resolve("config.json");
        Optional<String> profile = compiled.isEmpty() || spec.annotations().containsKey(CompiledFilters.ANNOTATION)
                ? Optional.empty()
                : seccomp(spec);
        Optional<String> known = profile.flatMap(text -> compiled.orElseThrow().of(text));
        try (OutputStream out = Files.newOutputStream(file)) {
            out.write(toJson(spec, annotations(spec, known)));
        } catch (IOException e) {
            throw new UncheckedIOException("Writing " + file, e);
        }
        return known.isPresent() ? Optional.empty() : profile;
    }

    private static Map<String, String> annotations(ContainerSpec spec, Optional<String> compiled) {
        if (compiled.isEmpty()) {
            return spec.annotations();
        }
        Map<String, String> all = new HashMap<>(spec.annotations());
        all.put(CompiledFilters.ANNOTATION, compiled.get());
        return all;
    }

    /** Writes a specification as JSON in UTF-8. */
    public byte[] toJson(ContainerSpec spec) {
        return toJson(spec, spec.annotations());
    }

    private byte[] toJson(ContainerSpec spec, Map<String, String> annotations) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(TYPICAL_SIZE);
        try (JsonGenerator json = JSON.createGenerator(ObjectWriteContext.empty(), bytes, JsonEncoding.UTF8)) {
            json.writeStartObject();
            json.writeStringProperty("ociVersion", OCI_VERSION);
            json.writeName("process");
            ProcessWriter.write(json, spec.process());
            json.writeObjectPropertyStart("root");
            json.writeStringProperty("path", spec.rootfs().toString());
            json.writeBooleanProperty("readonly", spec.readonlyRootfs());
            json.writeEndObject();
            spec.hostname().ifPresent(name -> json.writeStringProperty("hostname", name));
            spec.domainname().ifPresent(name -> json.writeStringProperty("domainname", name));
            writeMounts(json, spec);
            writeMap(json, "annotations", annotations);
            writeHooks(json, spec.hooks());
            writeLinux(json, spec);
            json.writeEndObject();
        }
        return bytes.toByteArray();
    }

    /** Writes a process as JSON in UTF-8, as {@code exec --process} takes it. */
    public static byte[] toJson(ProcessSpec process) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (JsonGenerator json = JSON.createGenerator(ObjectWriteContext.empty(), bytes, JsonEncoding.UTF8)) {
            ProcessWriter.write(json, process);
        }
        return bytes.toByteArray();
    }

    private static void writeMounts(JsonGenerator json, ContainerSpec spec) {
        json.writeArrayPropertyStart("mounts");
        for (MountSpec mount : spec.mounts()) {
            json.writeStartObject();
            json.writeStringProperty("destination", mount.destination());
            json.writeStringProperty("type", mount.type());
            json.writeStringProperty("source", mount.source());
            writeStrings(json, "options", mount.options());
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    private static void writeHooks(JsonGenerator json, List<Hook> hooks) {
        if (hooks.isEmpty()) {
            return;
        }
        json.writeObjectPropertyStart("hooks");
        for (String stage : Hook.STAGES) {
            List<Hook> here =
                    hooks.stream().filter(hook -> hook.stage().equals(stage)).toList();
            if (!here.isEmpty()) {
                json.writeArrayPropertyStart(stage);
                here.forEach(hook -> writeHook(json, hook));
                json.writeEndArray();
            }
        }
        json.writeEndObject();
    }

    private static void writeHook(JsonGenerator json, Hook hook) {
        json.writeStartObject();
        json.writeStringProperty("path", hook.path());
        writeStrings(json, "args", hook.args());
        writeStrings(json, "env", hook.env());
        hook.timeoutSeconds().ifPresent(seconds -> json.writeNumberProperty("timeout", seconds));
        json.writeEndObject();
    }

    private void writeLinux(JsonGenerator json, ContainerSpec spec) {
        json.writeObjectPropertyStart("linux");
        writeMap(json, "sysctl", spec.sysctls());
        json.writeStringProperty("cgroupsPath", spec.cgroupsPath());
        json.writeName("resources");
        ResourcesWriter.write(json, spec.resources(), spec.deviceRules());
        writeNamespaces(json, spec.namespaces());
        writeDevices(json, spec);
        spec.rootfsPropagation().ifPresent(mode -> json.writeStringProperty("rootfsPropagation", mode));
        writeStrings(json, "maskedPaths", spec.maskedPaths());
        writeStrings(json, "readonlyPaths", spec.readonlyPaths());
        seccomp(spec).ifPresent(filter -> {
            json.writeName("seccomp");
            json.writeRawValue(filter);
        });
        json.writeEndObject();
    }

    private Optional<String> seccomp(ContainerSpec spec) {
        Set<String> capabilities = spec.process().capabilities();
        if (spec.seccomp() instanceof SeccompChoice.Custom custom) {
            return Optional.of(custom.profile().resolve(capabilities, host));
        }
        if (spec.seccomp() instanceof SeccompChoice.Unconfined) {
            return Optional.empty();
        }
        if (defaultFilters.size() >= REMEMBERED_FILTERS) {
            defaultFilters.clear();
        }
        return Optional.of(defaultFilters.computeIfAbsent(
                capabilities, set -> SeccompProfile.standard().resolve(set, host)));
    }

    private static void writeNamespaces(JsonGenerator json, Namespaces namespaces) {
        json.writeArrayPropertyStart("namespaces");
        writeNamespace(json, "mount", NamespaceChoice.NEW);
        writeNamespace(json, "network", namespaces.network());
        writeNamespace(json, "uts", namespaces.uts());
        writeNamespace(json, "pid", namespaces.pid());
        writeNamespace(json, "ipc", namespaces.ipc());
        writeNamespace(json, "cgroup", namespaces.cgroup());
        writeNamespace(json, "user", namespaces.user());
        json.writeEndArray();
    }

    private static void writeNamespace(JsonGenerator json, String type, NamespaceChoice choice) {
        if (choice instanceof Host) {
            return;
        }
        json.writeStartObject();
        json.writeStringProperty("type", type);
        if (choice instanceof Join join) {
            json.writeStringProperty("path", join.path().toString());
        }
        json.writeEndObject();
    }

    private static void writeDevices(JsonGenerator json, ContainerSpec spec) {
        if (spec.devices().isEmpty()) {
            return;
        }
        json.writeArrayPropertyStart("devices");
        for (DeviceNode device : spec.devices()) {
            json.writeStartObject();
            json.writeStringProperty("path", device.path());
            json.writeStringProperty("type", device.kind().letter());
            json.writeNumberProperty("major", device.major());
            json.writeNumberProperty("minor", device.minor());
            json.writeNumberProperty("fileMode", device.mode());
            json.writeNumberProperty("uid", device.uid());
            json.writeNumberProperty("gid", device.gid());
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    static void writeStrings(JsonGenerator json, String name, Collection<String> values) {
        if (values.isEmpty()) {
            return;
        }
        json.writeArrayPropertyStart(name);
        values.forEach(json::writeString);
        json.writeEndArray();
    }

    static void writeMap(JsonGenerator json, String name, Map<String, String> values) {
        if (values.isEmpty()) {
            return;
        }
        json.writeObjectPropertyStart(name);
        new TreeMap<>(values).forEach(json::writeStringProperty);
        json.writeEndObject();
    }
}
