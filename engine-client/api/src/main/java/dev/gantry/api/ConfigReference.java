package dev.gantry.api;

/**
 * The network that lends its configuration.
 */
public record ConfigReference(String network) {

    /** All values absent. */
    public static final ConfigReference EMPTY = new ConfigReference("");

    public ConfigReference {
        network = Absent.text(network);
    }
}
