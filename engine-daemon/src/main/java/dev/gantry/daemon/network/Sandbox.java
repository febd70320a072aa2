package dev.gantry.daemon.network;

import java.nio.file.Path;

/**
 * A network namespace.
 *
 * @param id its name
 * @param path the file that pins it, for the OCI specification
 */
public record Sandbox(String id, Path path) {}
