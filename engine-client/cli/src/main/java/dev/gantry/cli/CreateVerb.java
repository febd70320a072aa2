package dev.gantry.cli;

import java.io.IOException;
import java.util.List;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Creates a container without starting it. */
final class CreateVerb extends Verb implements Verbs.TakesCommand {

    @Mixin
    ContainerOptions options = new ContainerOptions();

    @Parameters(arity = "1..*", paramLabel = "IMAGE [COMMAND] [ARG...]")
    List<String> arguments = List.of();

    @Override
    int run(Cli cli) throws IOException {
        cli.out().print(new Creation(cli, options).create(arguments, true) + "\n");
        return 0;
    }
}
