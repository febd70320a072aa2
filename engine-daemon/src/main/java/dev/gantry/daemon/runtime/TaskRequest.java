package dev.gantry.daemon.runtime;

import dev.gantry.daemon.type.ContainerId;
import java.nio.file.Path;
import java.util.Optional;

/**
 * What a monitor must know to hold a container's process.
 *
 * @param id the container
 * @param bundle the OCI bundle; {@code config.json} is there
 * @param logFile where the output is written; absent: nowhere
 * @param maxLogBytes the monitor begins a new file in its place at this size; 0: never
 * @param terminal whether the process gets a pseudo terminal
 * @param openStdin whether standard input can be written to
 * @param stdinOnce whether standard input ends with the first attachment that ends it
 * @param newProfile the seccomp profile of the bundle, where the runtime would take it compiled the next time
 */
public record TaskRequest(
        ContainerId id,
        Path bundle,
        Optional<Path> logFile,
        long maxLogBytes,
        boolean terminal,
        boolean openStdin,
        boolean stdinOnce,
        Optional<String> newProfile) {}
