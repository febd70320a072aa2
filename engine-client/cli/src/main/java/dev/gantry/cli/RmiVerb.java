package dev.gantry.cli;

import static dev.gantry.client.transport.EngineRequest.segment;

import dev.gantry.cli.option.Option;
import dev.gantry.cli.option.Parameters;
import dev.gantry.client.json.Json;
import dev.gantry.client.transport.EngineRequest;
import java.util.List;

/** Removes images. */
final class RmiVerb extends Verb {

    @Option(
            names = {"-f", "--force"},
            description = "Force removal of the image")
    boolean force;

    @Option(names = "--no-prune", description = "Do not delete untagged parents")
    boolean noPrune;

    @Parameters(paramLabel = "IMAGE")
    List<String> images = List.of();

    @Override
    int run(Cli cli) {
        return cli.forEach(images, image -> {
            EngineRequest request = EngineRequest.of("DELETE", "/images/" + segment(image))
                    .query("force", force)
                    .query("noprune", noPrune);
            for (Json item : cli.engine().json(request).items()) {
                String deleted = item.get("Deleted").text();
                cli.out()
                        .print(
                                deleted.isEmpty()
                                        ? "Untagged: " + item.get("Untagged").text() + "\n"
                                        : "Deleted: " + deleted + "\n");
            }
        });
    }
}
