package dev.gantry.daemon.runtime.spec;

import dev.gantry.daemon.runtime.spec.ProcessSpec.ResolvedUser;
import java.util.Set;
import java.util.TreeMap;
import tools.jackson.core.JsonGenerator;

/** Writes the object {@code process} of the OCI specification. */
final class ProcessWriter {

    private ProcessWriter() {}

    static void write(JsonGenerator json, ProcessSpec process) {
        json.writeStartObject();
        json.writeBooleanProperty("terminal", process.terminal());
        process.terminalSize().filter(size -> process.terminal()).ifPresent(size -> {
            json.writeObjectPropertyStart("consoleSize");
            json.writeNumberProperty("height", size.height());
            json.writeNumberProperty("width", size.width());
            json.writeEndObject();
        });
        writeUser(json, process.user());
        SpecWriter.writeStrings(json, "args", process.args());
        SpecWriter.writeStrings(json, "env", process.env());
        json.writeStringProperty("cwd", process.workingDirectory());
        writeCapabilities(json, process);
        if (!process.rlimits().isEmpty()) {
            json.writeArrayPropertyStart("rlimits");
            new TreeMap<>(process.rlimits()).forEach((name, limit) -> {
                json.writeStartObject();
                json.writeStringProperty("type", name);
                json.writeName("hard");
                json.writeNumber(Long.toUnsignedString(limit.hard()));
                json.writeName("soft");
                json.writeNumber(Long.toUnsignedString(limit.soft()));
                json.writeEndObject();
            });
            json.writeEndArray();
        }
        json.writeBooleanProperty("noNewPrivileges", process.noNewPrivileges());
        process.appArmor().ifPresent(profile -> json.writeStringProperty("apparmorProfile", profile));
        process.oomScoreAdjust().ifPresent(score -> json.writeNumberProperty("oomScoreAdj", score));
        json.writeEndObject();
    }

    private static void writeUser(JsonGenerator json, ResolvedUser user) {
        json.writeObjectPropertyStart("user");
        json.writeNumberProperty("uid", user.uid());
        json.writeNumberProperty("gid", user.gid());
        if (!user.additionalGids().isEmpty()) {
            json.writeArrayPropertyStart("additionalGids");
            user.additionalGids().forEach(json::writeNumber);
            json.writeEndArray();
        }
        json.writeEndObject();
    }

    /** Users other than root get what execve would give them: the bounding set only. */
    private static void writeCapabilities(JsonGenerator json, ProcessSpec process) {
        Set<String> names = Capabilities.inKernelOrder(process.capabilities());
        json.writeObjectPropertyStart("capabilities");
        SpecWriter.writeStrings(json, "bounding", names);
        if (process.user().uid() == 0) {
            SpecWriter.writeStrings(json, "effective", names);
            SpecWriter.writeStrings(json, "permitted", names);
        }
        json.writeEndObject();
    }
}
