package dev.gantry.cli;

import dev.gantry.cli.option.Option;
import dev.gantry.cli.output.Human;
import dev.gantry.client.json.Json;
import dev.gantry.client.transport.EngineRequest;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Removes all containers that do not run. */
final class ContainerPruneVerb extends Verb {

    @Option(names = "--filter", description = "Provide filter values (e.g. \"until=<timestamp>\")")
    @Nullable
    List<String> filter;

    @Option(
            names = {"-f", "--force"},
            description = "Do not prompt for confirmation")
    boolean force;

    @Override
    int run(Cli cli) throws IOException {
        if (!force && !confirmed(cli)) {
            throw new CliException(1, "container prune has been cancelled");
        }
        Json pruned = cli.engine().json(EngineRequest.post("/containers/prune").query("filters", filters(filter)));
        List<String> ids = pruned.get("ContainersDeleted").texts();
        if (!ids.isEmpty()) {
            cli.out().print("Deleted Containers:\n" + String.join("\n", ids) + "\n\n");
        }
        cli.out()
                .print("Total reclaimed space: "
                        + Human.size(pruned.get("SpaceReclaimed").number(), 4) + "\n");
        return 0;
    }

    private static boolean confirmed(Cli cli) throws IOException {
        cli.out().print("WARNING! This will remove all stopped containers.\nAre you sure you want to continue? [y/N] ");
        cli.out().flush();
        String answer = new BufferedReader(new InputStreamReader(cli.in(), StandardCharsets.UTF_8)).readLine();
        return answer != null && answer.strip().toLowerCase(Locale.ROOT).equals("y");
    }
}
