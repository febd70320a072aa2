package dev.gantry.daemon.runtime.spec;

import java.nio.file.Path;

/** Where a container gets one of its namespaces from. */
public sealed interface NamespaceChoice {

    /** A new namespace, made for the container. */
    NamespaceChoice NEW = new New();

    /** The host's own. */
    NamespaceChoice HOST = new Host();

    /** Made for the container. */
    record New() implements NamespaceChoice {}

    /** The host's own. */
    record Host() implements NamespaceChoice {}

    /**
     * One that exists.
     *
     * @param path the file that names it: pinned, or {@code /proc/<pid>/ns/<type>}
     */
    record Join(Path path) implements NamespaceChoice {}

    /** Joins the namespace that a file names. */
    static NamespaceChoice join(Path path) {
        return new Join(path);
    }
}
