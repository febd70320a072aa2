package dev.gantry.daemon.runtime.spec;

import java.util.List;

/**
 * What a container may use of single block devices. Devices are named by path and looked up at each start, as their
 * numbers change from boot to boot.
 *
 * @param weights relative shares, 10 to 1000
 * @param readBytes bytes per second
 * @param writeBytes bytes per second
 * @param readOperations operations per second
 * @param writeOperations operations per second
 */
public record BlockLimits(
        List<Limit> weights,
        List<Limit> readBytes,
        List<Limit> writeBytes,
        List<Limit> readOperations,
        List<Limit> writeOperations) {

    /** No limits. */
    public static final BlockLimits NONE = new BlockLimits(List.of(), List.of(), List.of(), List.of(), List.of());

    public BlockLimits {
        weights = List.copyOf(weights);
        readBytes = List.copyOf(readBytes);
        writeBytes = List.copyOf(writeBytes);
        readOperations = List.copyOf(readOperations);
        writeOperations = List.copyOf(writeOperations);
    }

    /**
     * The limit of one device.
     *
     * @param path of the device on the host
     * @param value its weight or its rate
     */
    public record Limit(String path, long value) {}

    /**
     * Makes sure that every device is there.
     *
     * @throws dev.gantry.daemon.type.EngineException of kind invalid, in docker's words
     */
    public void check() {
        BlockLimitsWriter.check(this);
    }

    /** Gives the same limits with others of some kinds. */
    public BlockLimits withWeights(List<Limit> others) {
        return new BlockLimits(others, readBytes, writeBytes, readOperations, writeOperations);
    }

    /** Keeps the weights alone. */
    public BlockLimits withoutRates() {
        return new BlockLimits(weights, List.of(), List.of(), List.of(), List.of());
    }

    /** Whether a device has a rate. */
    public boolean hasRates() {
        return !equals(withoutRates());
    }
}
