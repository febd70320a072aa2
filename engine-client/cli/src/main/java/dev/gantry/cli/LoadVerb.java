package dev.gantry.cli;

import dev.gantry.cli.option.Option;
import dev.gantry.client.transport.EngineRequest;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** Loads images from a tar. */
final class LoadVerb extends Verb {

    @Option(
            names = {"-i", "--input"},
            description = "Read from tar archive file, instead of STDIN")
    String input = "";

    @Option(
            names = {"-q", "--quiet"},
            description = "Suppress the load output")
    boolean quiet;

    @Override
    int run(Cli cli) throws IOException {
        if (input.isEmpty() && cli.isTerminal(Cli.STDIN)) {
            throw CliException.failure("requested load from stdin, but stdin is empty");
        }
        try (InputStream tar = input.isEmpty() ? cli.in() : Files.newInputStream(Path.of(input))) {
            new Pull(cli)
                    .send(
                            EngineRequest.post("/images/load")
                                    .query("quiet", quiet)
                                    .body(tar, "application/x-tar"),
                            Pull.Output.STDOUT);
        }
        return 0;
    }
}
