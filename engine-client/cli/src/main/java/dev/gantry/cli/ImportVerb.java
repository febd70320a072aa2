package dev.gantry.cli;

import dev.gantry.cli.option.Option;
import dev.gantry.cli.option.Parameters;
import dev.gantry.client.transport.EngineRequest;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Makes an image from the tar of a file system. */
final class ImportVerb extends Verb {

    @Option(
            names = {"-c", "--change"},
            description = "Apply Dockerfile instruction to the created image")
    @Nullable
    List<String> changes;

    @Option(
            names = {"-m", "--message"},
            description = "Set commit message for imported image")
    String message = "";

    @Option(names = "--platform", description = "Set platform if server is multi-platform capable")
    String platform = "";

    @Parameters(index = 0, paramLabel = "file|URL|-")
    String source = "";

    @Parameters(optional = true, index = 1, paramLabel = "REPOSITORY[:TAG]")
    String reference = "";

    @Override
    int run(Cli cli) throws IOException {
        boolean url = source.startsWith("http://") || source.startsWith("https://");
        EngineRequest request = EngineRequest.post("/images/create")
                .query("fromSrc", url ? source : "-")
                .query("repo", reference)
                .query("message", message)
                .query("platform", platform);
        orEmpty(changes).forEach(change -> request.query("changes", change));
        if (url) {
            new Pull(cli).send(request, Pull.Output.STDOUT);
            return 0;
        }
        try (InputStream tar = source.equals("-") ? cli.in() : Files.newInputStream(Path.of(source))) {
            new Pull(cli).send(request.body(tar, "application/x-tar"), Pull.Output.STDOUT);
        }
        return 0;
    }
}
