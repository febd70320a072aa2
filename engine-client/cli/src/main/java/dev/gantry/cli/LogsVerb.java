package dev.gantry.cli;

import static dev.gantry.client.transport.EngineRequest.segment;

import dev.gantry.cli.option.Option;
import dev.gantry.cli.option.Parameters;
import dev.gantry.cli.output.Human;
import dev.gantry.client.OutputFrames;
import dev.gantry.client.json.Json;
import dev.gantry.client.transport.EngineRequest;
import dev.gantry.client.transport.EngineResponse;
import java.io.IOException;
import java.util.List;

/** Prints what a container has written. */
final class LogsVerb extends Verb {

    @Option(names = "--details", description = "Show extra details provided to logs")
    boolean details;

    @Option(
            names = {"-f", "--follow"},
            description = "Follow log output")
    boolean follow;

    @Option(
            names = "--since",
            description = "Show logs since timestamp (e.g. \"2013-01-02T13:23:37Z\") or relative (e.g. \"42m\")")
    String since = "";

    @Option(
            names = "--until",
            description = "Show logs before a timestamp (e.g. \"2013-01-02T13:23:37Z\") or relative (e.g. \"42m\")")
    String until = "";

    @Option(
            names = {"-n", "--tail"},
            description = "Number of lines to show from the end of the logs")
    String tail = "all";

    @Option(
            names = {"-t", "--timestamps"},
            description = "Show timestamps")
    boolean timestamps;

    @Option(names = "--prune", description = "Remove what was written so far instead of showing it")
    boolean prune;

    @Parameters(paramLabel = "CONTAINER")
    List<String> containers = List.of();

    @Override
    int run(Cli cli) throws IOException {
        if (prune) {
            return cli.forEach(containers, container -> prune(cli, container));
        }
        if (containers.size() != 1) {
            throw new CliException(1, "'gantry logs' shows one container at a time; several go with --prune only");
        }
        return show(cli, containers.get(0));
    }

    private static void prune(Cli cli, String container) {
        long freed = cli.engine()
                .json(EngineRequest.post("/containers/" + segment(container) + "/logs/prune"))
                .get("SpaceReclaimed")
                .number();
        cli.out().print(container + ": " + Human.size(freed) + " reclaimed\n");
    }

    private int show(Cli cli, String container) throws IOException {
        Json inspected = cli.get("/containers/" + segment(container) + "/json");
        EngineRequest request = EngineRequest.get(
                        "/containers/" + inspected.get("Id").text() + "/logs")
                .query("stdout", true)
                .query("stderr", true)
                .query("details", details)
                .query("follow", follow)
                .query("timestamps", timestamps)
                .query("tail", tail)
                .query("since", Moment.parse("since", since))
                .query("until", Moment.parse("until", until));
        try (EngineResponse answer = cli.engine().send(request)) {
            if (inspected.at("Config", "Tty").isTrue()) {
                Streaming.copyAll(answer.body(), Streaming.raw(cli, Cli.STDOUT));
            } else {
                OutputFrames.copy(answer.body(), Streaming.raw(cli, Cli.STDOUT), Streaming.raw(cli, Cli.STDERR));
            }
        }
        return 0;
    }
}
