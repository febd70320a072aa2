package dev.gantry.daemon.runtime.spec;

import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import tools.jackson.core.JsonGenerator;

/** Writes the object {@code linux.resources} of the OCI specification. */
final class ResourcesWriter {

    private ResourcesWriter() {}

    static void write(JsonGenerator json, Resources resources, List<DeviceRule> deviceRules) {
        json.writeStartObject();
        writeDeviceRules(json, deviceRules);
        writeMemory(json, resources);
        writeCpu(json, resources);
        resources.pidsLimit().ifPresent(limit -> {
            json.writeObjectPropertyStart("pids");
            json.writeNumberProperty("limit", limit);
            json.writeEndObject();
        });
        BlockLimitsWriter.write(json, resources.blkioWeight(), resources.blockLimits());
        writeHugepages(json, resources);
        SpecWriter.writeMap(json, "unified", resources.unified());
        json.writeEndObject();
    }

    private static void writeDeviceRules(JsonGenerator json, List<DeviceRule> rules) {
        json.writeArrayPropertyStart("devices");
        for (DeviceRule rule : rules) {
            json.writeStartObject();
            json.writeBooleanProperty("allow", rule.verdict() == DeviceRule.Verdict.ALLOW);
            rule.kind().ifPresent(kind -> json.writeStringProperty("type", kind.letter()));
            number(json, "major", rule.major());
            number(json, "minor", rule.minor());
            json.writeStringProperty("access", rule.access());
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    private static void writeMemory(JsonGenerator json, Resources resources) {
        json.writeObjectPropertyStart("memory");
        number(json, "limit", resources.memory());
        number(json, "swap", resources.memorySwap());
        number(json, "reservation", resources.memoryReservation());
        resources.memorySwappiness().ifPresent(percent -> json.writeNumberProperty("swappiness", percent));
        if (resources.oomKillDisabled()) {
            json.writeBooleanProperty("disableOOMKiller", true);
        }
        json.writeEndObject();
    }

    private static void writeHugepages(JsonGenerator json, Resources resources) {
        if (resources.hugepages().isEmpty()) {
            return;
        }
        json.writeArrayPropertyStart("hugepageLimits");
        new TreeMap<>(resources.hugepages()).forEach((size, bytes) -> {
            json.writeStartObject();
            json.writeStringProperty("pageSize", size);
            json.writeNumberProperty("limit", bytes);
            json.writeEndObject();
        });
        json.writeEndArray();
    }

    private static void writeCpu(JsonGenerator json, Resources resources) {
        json.writeObjectPropertyStart("cpu");
        number(json, "shares", resources.cpuShares());
        number(json, "quota", resources.cpuQuota());
        number(json, "period", resources.cpuPeriod());
        Resources.Realtime realtime = resources.realtime();
        if (realtime.periodMicros() != 0) {
            json.writeNumberProperty("realtimePeriod", realtime.periodMicros());
        }
        if (realtime.runtimeMicros() != 0) {
            json.writeNumberProperty("realtimeRuntime", realtime.runtimeMicros());
        }
        if (!resources.cpusetCpus().isEmpty()) {
            json.writeStringProperty("cpus", resources.cpusetCpus());
        }
        if (!resources.cpusetMems().isEmpty()) {
            json.writeStringProperty("mems", resources.cpusetMems());
        }
        json.writeEndObject();
    }

    private static void number(JsonGenerator json, String name, Optional<Long> value) {
        value.ifPresent(number -> json.writeNumberProperty(name, number));
    }
}
