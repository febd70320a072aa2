package dev.gantry.cli;

import dev.gantry.cli.option.Option;
import dev.gantry.cli.option.Parameters;
import java.io.IOException;
import java.nio.file.Path;

/** Copies files into a container or out of it. */
final class CopyVerb extends Verb {

    @Option(
            names = {"-a", "--archive"},
            description = "Archive mode (copy all uid/gid information)")
    boolean archive;

    @Option(
            names = {"-L", "--follow-link"},
            description = "Always follow symbol link in SRC_PATH")
    boolean followLink;

    @Option(
            names = {"-q", "--quiet"},
            description = "Suppress progress output during copy")
    boolean quiet;

    @Parameters(index = 0, paramLabel = "SRC_PATH")
    String source = "";

    @Parameters(index = 1, paramLabel = "DEST_PATH")
    String target = "";

    @Override
    int run(Cli cli) throws IOException {
        int from = containerEnd(source);
        int to = containerEnd(target);
        if (from > 0 && to > 0) {
            throw CliException.failure("copying between containers is not supported");
        }
        if (from < 0 && to < 0) {
            throw CliException.failure("must specify at least one container source");
        }
        if (from > 0) {
            new CopyOut(cli, source.substring(0, from), source.substring(from + 1), followLink).copy(target);
            if (!quiet && !target.equals("-")) {
                cli.err()
                        .println("Successfully copied to "
                                + Path.of(target).toAbsolutePath().normalize());
            }
        } else {
            new CopyIn(cli, target.substring(0, to), target.substring(to + 1), archive, followLink).copy(source);
            if (!quiet && !source.equals("-")) {
                cli.err().println("Successfully copied to " + target);
            }
        }
        return 0;
    }

    /** Where the name of a container ends; -1 for a path of this host. */
    private static int containerEnd(String argument) {
        if (argument.startsWith("/") || argument.startsWith(".")) {
            return -1;
        }
        return argument.indexOf(':');
    }
}
