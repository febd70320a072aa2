package dev.gantry.cli;

import dev.gantry.client.EngineClientException;
import dev.gantry.client.json.Json;
import dev.gantry.client.transport.EngineRequest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;

/** Creates a container, pulling its image first when that is asked for or the engine does not have it. */
final class Creation {

    private static final int NOT_FOUND = 404;

    private final Cli cli;
    private final ContainerOptions options;

    Creation(Cli cli, ContainerOptions options) {
        this.cli = cli;
        this.options = options;
    }

    /** Returns the id of the new container. */
    String create(List<String> arguments, boolean attached) throws IOException {
        String image = arguments.get(0);
        Json body = body(image, arguments.subList(1, arguments.size()), attached);
        if (!options.cidFile.isEmpty() && Files.exists(Path.of(options.cidFile))) {
            throw new CliException(
                    Run.REFUSED,
                    "container ID file found, make sure the other container isn't running or delete "
                            + options.cidFile);
        }
        if (options.pull.equals("always")) {
            pull(image);
        } else if (!options.pull.equals("missing") && !options.pull.equals("never")) {
            throw new CliException(
                    Run.REFUSED,
                    "invalid pull option: '" + options.pull + "': must be one of \"always\", \"missing\" or \"never\"");
        }
        Json answer = post(image, body);
        answer.get("Warnings").texts().forEach(warning -> cli.err().println("WARNING: " + warning));
        String id = answer.get("Id").text();
        if (!options.cidFile.isEmpty()) {
            Files.writeString(Path.of(options.cidFile), id, StandardOpenOption.CREATE_NEW);
        }
        return id;
    }

    private Json body(String image, List<String> command, boolean attached) throws IOException {
        try {
            return new CreateBody(options, cli).build(image, command, attached);
        } catch (IllegalArgumentException e) {
            throw new CliException(Run.REFUSED, String.valueOf(e.getMessage()));
        }
    }

    private Json post(String image, Json body) throws IOException {
        try {
            return send(body);
        } catch (EngineClientException e) {
            boolean missingImage = e.status() == NOT_FOUND
                    && String.valueOf(e.getMessage()).startsWith("No such image")
                    && options.pull.equals("missing");
            if (!missingImage) {
                throw e;
            }
        }
        if (!options.quiet) {
            cli.err().println("Unable to find image '" + Pull.withTag(image) + "' locally");
        }
        pull(image);
        return send(body);
    }

    private void pull(String image) throws IOException {
        new Pull(cli).pull(image, options.platform, options.quiet ? Pull.Output.NONE : Pull.Output.STDERR);
    }

    private Json send(Json body) {
        return cli.engine()
                .json(EngineRequest.post("/containers/create")
                        .query("name", options.name)
                        .query("platform", options.platform)
                        .json(body.toString().getBytes(StandardCharsets.UTF_8)));
    }
}
