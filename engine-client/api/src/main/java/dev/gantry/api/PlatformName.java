package dev.gantry.api;

/**
 * The name of a product.
 */
public record PlatformName(String name) {

    /** All values absent. */
    public static final PlatformName EMPTY = new PlatformName("");

    public PlatformName {
        name = Absent.text(name);
    }
}
