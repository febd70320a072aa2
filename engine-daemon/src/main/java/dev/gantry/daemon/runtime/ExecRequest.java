package dev.gantry.daemon.runtime;

import dev.gantry.daemon.runtime.spec.ProcessSpec;
import dev.gantry.daemon.type.TerminalSize;
import java.util.Optional;

/**
 * A further process for a running container.
 *
 * @param execId names it, 64 hexadecimal digits
 * @param process what to run
 * @param stdin whether its standard input can be written to
 * @param stdout whether its standard output is wanted
 * @param stderr whether its standard error is wanted
 * @param terminalSize the first size of its terminal, where it has one
 */
public record ExecRequest(
        String execId,
        ProcessSpec process,
        boolean stdin,
        boolean stdout,
        boolean stderr,
        Optional<TerminalSize> terminalSize) {}
