package dev.gantry.cli;

import static dev.gantry.client.transport.EngineRequest.segment;

import dev.gantry.cli.option.Parameters;
import dev.gantry.cli.output.Columns;
import dev.gantry.client.json.Json;
import dev.gantry.client.transport.EngineRequest;
import java.util.List;

/** Shows the processes of a container. All after its name goes to ps. */
final class TopVerb extends Verb implements Verbs.TakesCommand {

    @Parameters(index = 0, paramLabel = "CONTAINER")
    String container = "";

    @Parameters(index = 1, optional = true, paramLabel = "ps OPTIONS")
    List<String> options = List.of();

    @Override
    int run(Cli cli) {
        Json top = cli.engine()
                .json(EngineRequest.get("/containers/" + segment(container) + "/top")
                        .query("ps_args", String.join(" ", options)));
        Columns columns = new Columns();
        columns.add(top.get("Titles").texts());
        top.get("Processes").items().forEach(row -> columns.add(row.texts()));
        cli.out().print(columns);
        return 0;
    }
}
