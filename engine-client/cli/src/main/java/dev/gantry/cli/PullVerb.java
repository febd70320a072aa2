package dev.gantry.cli;

import dev.gantry.cli.option.Option;
import dev.gantry.cli.option.Parameters;
import dev.gantry.client.transport.EngineRequest;
import java.io.IOException;

/** Downloads an image. */
final class PullVerb extends Verb {

    @Option(
            names = {"-a", "--all-tags"},
            description = "Download all tagged images in the repository")
    boolean allTags;

    @Option(
            names = {"-q", "--quiet"},
            description = "Suppress verbose output")
    boolean quiet;

    @Option(names = "--platform", description = "Set platform if server is multi-platform capable")
    String platform = "";

    @Parameters(paramLabel = "NAME[:TAG|@DIGEST]")
    String image = "";

    @Override
    int run(Cli cli) throws IOException {
        String reference = Pull.withTag(image);
        if (allTags && reference.equals(image)) {
            throw CliException.failure("tag can't be used with --all-tags/-a");
        }
        if (!allTags && !reference.equals(image) && !quiet) {
            cli.out().print("Using default tag: latest\n");
        }
        Pull.Output output = quiet ? Pull.Output.NONE : Pull.Output.STDOUT;
        if (allTags) {
            new Pull(cli)
                    .send(
                            EngineRequest.post("/images/create")
                                    .query("fromImage", image)
                                    .query("platform", platform)
                                    .header("X-Registry-Auth", new RegistryLogin(cli.environment()).header(image)),
                            output);
        } else {
            new Pull(cli).pull(image, platform, output);
        }
        cli.out().print(familiar(reference) + "\n");
        return 0;
    }

    private static String familiar(String reference) {
        int slash = reference.indexOf('/');
        String first = slash < 0 ? "" : reference.substring(0, slash);
        boolean hasHost = first.contains(".") || first.contains(":") || first.equals("localhost");
        return hasHost ? reference : "docker.io/" + (slash < 0 ? "library/" : "") + reference;
    }
}
