package dev.gantry.daemon.store.metadata;

import java.nio.file.Path;

/**
 * A file that could not be understood and was set aside.
 *
 * @param file where it lies now
 * @param reason why it could not be read, for people
 */
public record DamagedFile(Path file, String reason) {}
