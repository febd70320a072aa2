package dev.gantry.daemon.service.exec;

import java.util.List;

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
        String detachKeys) {

    public ExecConfig {
        argv = List.copyOf(argv);
        env = List.copyOf(env);
    }
}
