package dev.gantry.api;

/**
 * A pool of addresses for new networks.
 */
public record AddressPool(String base, int size) {

    public AddressPool {
        base = Absent.text(base);
    }
}
