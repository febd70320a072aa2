package dev.gantry.cli;

import dev.gantry.cli.option.Option;
import dev.gantry.cli.option.Parameters;
import dev.gantry.client.transport.EngineRequest;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Makes an image of what a container changed. */
final class CommitVerb extends Verb {

    @Option(
            names = {"-a", "--author"},
            description = "Author (e.g., \"John Hannibal Smith <hannibal@a-team.com>\")")
    String author = "";

    @Option(
            names = {"-c", "--change"},
            description = "Apply Dockerfile instruction to the created image")
    @Nullable
    List<String> changes;

    @Option(
            names = {"-m", "--message"},
            description = "Commit message")
    String message = "";

    @Option(
            names = {"-p", "--pause"},
            description = "Pause container during commit (default true)")
    boolean pause = true;

    @Parameters(index = 0, paramLabel = "CONTAINER")
    String container = "";

    @Parameters(index = 1, optional = true, paramLabel = "REPOSITORY[:TAG]")
    String reference = "";

    @Override
    int run(Cli cli) {
        EngineRequest request = EngineRequest.post("/commit")
                .query("container", container)
                .query("repo", reference)
                .query("author", author)
                .query("comment", message)
                .query("pause", pause ? "1" : "0");
        orEmpty(changes).forEach(change -> request.query("changes", change));
        cli.out().print(cli.engine().json(request).get("Id").text() + "\n");
        return 0;
    }
}
