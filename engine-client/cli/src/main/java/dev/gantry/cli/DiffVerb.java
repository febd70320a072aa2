package dev.gantry.cli;

import static dev.gantry.client.transport.EngineRequest.segment;

import dev.gantry.cli.option.Option;
import dev.gantry.cli.option.Parameters;
import dev.gantry.cli.output.Listing;
import dev.gantry.cli.template.Row;
import dev.gantry.client.json.Json;

/** Shows what a container changed on its file system. */
final class DiffVerb extends Verb {

    private static final String LETTERS = "CAD";

    @Option(names = "--format", description = "Format output: 'table', 'table TEMPLATE', 'json' or 'TEMPLATE'")
    String format = "";

    @Parameters(paramLabel = "CONTAINER")
    String container = "";

    @Override
    int run(Cli cli) {
        Listing listing = new Listing().column("Type", "CHANGE TYPE").column("Path", "PATH");
        cli.get("/containers/" + segment(container) + "/changes").items().forEach(change -> listing.add(row(change)));
        cli.out().print(listing.print(format.isEmpty() ? "{{.Type}} {{.Path}}" : format, "Type", "Path"));
        return 0;
    }

    private static Row row(Json change) {
        int kind = (int) change.get("Kind").number();
        return new Row()
                .with("Type", () -> String.valueOf(LETTERS.charAt(kind)))
                .with("Path", () -> change.get("Path").text());
    }
}
