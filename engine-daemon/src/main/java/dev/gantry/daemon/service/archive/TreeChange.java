package dev.gantry.daemon.service.archive;

/**
 * A path that a container changed.
 *
 * @param path absolute, in the container; bytes held as characters of ISO 8859-1
 * @param kind what became of it
 */
public record TreeChange(String path, Kind kind) {

    /** What became of a path. */
    public enum Kind {
        MODIFIED,
        ADDED,
        DELETED
    }
}
