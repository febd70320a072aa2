package dev.gantry.daemon.runtime.spec;

import dev.gantry.daemon.type.EngineException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import tools.jackson.core.JsonGenerator;

/** Writes the object {@code linux.resources.blockIO} of the OCI specification. */
final class BlockLimitsWriter {

    private BlockLimitsWriter() {}

    static void write(JsonGenerator json, Optional<Integer> weight, BlockLimits limits) {
        if (weight.isEmpty() && limits.equals(BlockLimits.NONE)) {
            return;
        }
        json.writeObjectPropertyStart("blockIO");
        weight.ifPresent(value -> json.writeNumberProperty("weight", value));
        devices(json, "weightDevice", "weight", limits.weights());
        devices(json, "throttleReadBpsDevice", "rate", limits.readBytes());
        devices(json, "throttleWriteBpsDevice", "rate", limits.writeBytes());
        devices(json, "throttleReadIOPSDevice", "rate", limits.readOperations());
        devices(json, "throttleWriteIOPSDevice", "rate", limits.writeOperations());
        json.writeEndObject();
    }

    private static void devices(JsonGenerator json, String name, String value, List<BlockLimits.Limit> limits) {
        if (limits.isEmpty()) {
            return;
        }
        json.writeArrayPropertyStart(name);
        for (BlockLimits.Limit limit : limits) {
            DeviceNode device = HostDevices.block(Path.of(limit.path()));
            json.writeStartObject();
            json.writeNumberProperty("major", device.major());
            json.writeNumberProperty("minor", device.minor());
            json.writeNumberProperty(value, limit.value());
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    /**
     * Makes sure that every device is there.
     *
     * @throws EngineException of kind invalid, in docker's words
     */
    static void check(BlockLimits limits) {
        for (List<BlockLimits.Limit> kind : List.of(
                limits.weights(),
                limits.readBytes(),
                limits.writeBytes(),
                limits.readOperations(),
                limits.writeOperations())) {
            kind.forEach(limit -> HostDevices.block(Path.of(limit.path())));
        }
    }
}
