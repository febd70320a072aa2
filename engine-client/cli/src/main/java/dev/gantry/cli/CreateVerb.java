package dev.gantry.cli;

import dev.gantry.cli.option.Mixin;
import dev.gantry.cli.option.Parameters;
import java.io.IOException;
import java.util.List;

/** Creates a container without starting it. */
final class CreateVerb extends Verb implements Verbs.StartsContainer {

    @Mixin
    ContainerOptions options = new ContainerOptions();

    @Parameters(paramLabel = "IMAGE [COMMAND] [ARG...]")
    List<String> arguments = List.of();

    @Override
    int run(Cli cli) throws IOException {
        cli.out().print(new Creation(cli, options).create(arguments, true) + "\n");
        return 0;
    }
}
