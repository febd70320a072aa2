package dev.gantry.cli;

import static dev.gantry.client.transport.EngineRequest.segment;

import dev.gantry.cli.option.Parameters;
import dev.gantry.client.transport.EngineRequest;

/** Gives an image a further name. */
final class TagVerb extends Verb {

    @Parameters(index = 0, paramLabel = "SOURCE_IMAGE[:TAG]")
    String source = "";

    @Parameters(index = 1, paramLabel = "TARGET_IMAGE[:TAG]")
    String target = "";

    @Override
    int run(Cli cli) {
        String full = Pull.withTag(target);
        int colon = full.lastIndexOf(':');
        String repository = full.substring(0, colon);
        if (repository.indexOf(':', repository.lastIndexOf('/') + 1) >= 0) {
            throw CliException.failure("Error parsing reference: \"" + target
                    + "\" is not a valid repository/tag: invalid reference format");
        }
        cli.engine()
                .status(EngineRequest.post("/images/" + segment(source) + "/tag")
                        .query("repo", repository)
                        .query("tag", full.substring(colon + 1)));
        return 0;
    }
}
