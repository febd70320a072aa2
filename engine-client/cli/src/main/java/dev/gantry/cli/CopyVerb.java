package dev.gantry.cli;

import dev.gantry.cli.option.Option;
import dev.gantry.cli.option.Parameters;
import dev.gantry.cli.output.Human;
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
            long size =
                    new CopyOut(cli, source.substring(0, from), source.substring(from + 1), followLink).copy(target);
            if (!target.equals("-")) {
                report(cli, size, Path.of(target).toAbsolutePath().normalize().toString());
            }
        } else {
            long size = new CopyIn(cli, target.substring(0, to), target.substring(to + 1), archive, followLink)
                    .copy(source);
            if (!source.equals("-")) {
                report(cli, size, target);
            }
        }
        return 0;
    }

    private void report(Cli cli, long size, String to) {
        if (!quiet && cli.isTerminal(Cli.STDERR)) {
            cli.err().println("Successfully copied " + Human.size(size, 3) + " to " + to);
        }
    }

    /** Where the name of a container ends; -1 for a path of this host. */
    private static int containerEnd(String argument) {
        if (argument.startsWith("/") || argument.startsWith(".")) {
            return -1;
        }
        return argument.indexOf(':');
    }
}
