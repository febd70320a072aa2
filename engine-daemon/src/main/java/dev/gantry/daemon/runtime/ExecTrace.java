package dev.gantry.daemon.runtime;

import java.nio.file.Path;
import java.util.Optional;

/**
 * What another life of the daemon must know to find an exec again.
 *
 * @param holder the process that started the exec's and is told of its end
 * @param holderStart when the holder started, in clock ticks since boot
 * @param directory where a monitor records the end; absent where the holder is the runtime itself, which records none
 */
public record ExecTrace(int holder, long holderStart, Optional<Path> directory) {}
