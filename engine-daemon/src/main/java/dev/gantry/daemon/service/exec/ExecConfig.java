package dev.gantry.daemon.service.exec;

import dev.gantry.daemon.type.TerminalSize;
import java.util.List;
import java.util.Optional;

/**
 * A further process as a user asks for it.
 *
 * @param argv program and arguments
 * @param env added to the container's
 * @param user empty: the container's
 * @param workingDirectory empty: the container's
 * @param terminal whether it gets a pseudo terminal
 * @param privileged whether it gets all capabilities
 * @param attachStdin whether its input can be written to
 * @param attachStdout whether its output is wanted
 * @param attachStderr whether its error output is wanted
 * @param terminalSize the first size of its terminal, unless the start says another
 * @param detachKeys the keys that end an attachment; empty: the default
 */
public record ExecConfig(
        List<String> argv,
        List<String> env,
        String user,
        String workingDirectory,
        boolean terminal,
        boolean privileged,
        boolean attachStdin,
        boolean attachStdout,
        boolean attachStderr,
        Optional<TerminalSize> terminalSize,
        String detachKeys) {

    public ExecConfig {
        argv = List.copyOf(argv);
        env = List.copyOf(env);
    }
}
