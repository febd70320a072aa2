package dev.gantry.daemon.runtime.spec;

import java.util.List;
import java.util.Optional;

/**
 * A program that the OCI runtime runs at a step of the container's life. It runs with the host's privileges, so hooks
 * come from files of the host's administrator only.
 *
 * @param stage as the OCI specification names it: {@code createContainer}
 * @param path absolute, on the host
 * @param args with the program's name first; empty: the path alone
 * @param env {@code NAME=value} pairs
 * @param timeoutSeconds absent: none
 */
public record Hook(String stage, String path, List<String> args, List<String> env, Optional<Integer> timeoutSeconds) {

    /** The steps that hooks can be run at. */
    public static final List<String> STAGES =
            List.of("prestart", "createRuntime", "createContainer", "startContainer", "poststart", "poststop");

    public Hook {
        if (!STAGES.contains(stage)) {
            throw new IllegalArgumentException("unknown hook name: " + stage);
        }
        if (!path.startsWith("/")) {
            throw new IllegalArgumentException("a hook is run by its absolute path, not by " + path);
        }
        args = List.copyOf(args);
        env = List.copyOf(env);
    }
}
