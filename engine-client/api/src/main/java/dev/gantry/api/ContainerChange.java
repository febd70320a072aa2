package dev.gantry.api;

/**
 * A path that a container changed against its image.
 *
 * @param kind one of the constants
 */
public record ContainerChange(String path, int kind) {

    public static final int MODIFIED = 0;
    public static final int ADDED = 1;
    public static final int DELETED = 2;

    public ContainerChange {
        path = Absent.text(path);
    }
}
