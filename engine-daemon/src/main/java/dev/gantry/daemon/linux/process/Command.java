package dev.gantry.daemon.linux.process;

import dev.gantry.daemon.linux.Fd;
import java.nio.file.Path;
import java.util.List;

/**
 * A host program to start. It gets exactly this environment and these descriptors, nothing of the daemon's own.
 *
 * @param argv absolute path of the program, then its arguments
 * @param env {@code NAME=value} pairs
 * @param directory where it runs
 * @param descriptors become its descriptors 0, 1, 2, … in this order; they stay the caller's
 */
public record Command(List<String> argv, List<String> env, Path directory, List<Fd> descriptors) {

    public Command {
        argv = List.copyOf(argv);
        env = List.copyOf(env);
        descriptors = List.copyOf(descriptors);
        if (argv.isEmpty() || !argv.get(0).startsWith("/")) {
            throw new IllegalArgumentException("A program is started by its absolute path: " + argv);
        }
        if (!directory.isAbsolute()) {
            throw new IllegalArgumentException("A program runs in an absolute directory, not in " + directory);
        }
    }
}
