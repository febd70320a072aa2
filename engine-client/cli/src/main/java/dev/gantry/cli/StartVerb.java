package dev.gantry.cli;

import static dev.gantry.client.transport.EngineRequest.segment;

import dev.gantry.cli.option.Option;
import dev.gantry.cli.option.Parameters;
import dev.gantry.client.json.Json;
import dev.gantry.client.transport.EngineRequest;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Starts stopped containers. */
final class StartVerb extends Verb {

    @Option(
            names = {"-a", "--attach"},
            description = "Attach STDOUT/STDERR and forward signals")
    boolean attach;

    @Option(
            names = {"-i", "--interactive"},
            description = "Attach container's STDIN")
    boolean interactive;

    @Option(names = "--detach-keys", description = "Override the key sequence for detaching a container")
    String detachKeys = "";

    @Parameters(paramLabel = "CONTAINER")
    List<String> containers = List.of();

    private int start(Cli cli) {
        List<String> failed = new ArrayList<>(containers);
        int status = cli.forEach(containers, container -> {
            cli.engine().status(EngineRequest.post("/containers/" + segment(container) + "/start"));
            cli.out().print(container + "\n");
            failed.remove(container);
        });
        if (!failed.isEmpty()) {
            cli.err().println("Error: failed to start containers: " + String.join(", ", failed));
        }
        return status;
    }

    @Override
    int run(Cli cli) throws IOException {
        if (!attach && !interactive) {
            return start(cli);
        }
        if (containers.size() > 1) {
            throw CliException.failure("you cannot start and attach multiple containers at once");
        }
        Json inspected = cli.get("/containers/" + segment(containers.get(0)) + "/json");
        boolean tty = inspected.at("Config", "Tty").isTrue();
        boolean stdin = interactive && inspected.at("Config", "OpenStdin").isTrue();
        Run run = new Run(cli, inspected.get("Id").text(), tty, detachKeys, !tty);
        return run.startAttached(
                new Run.Streams(stdin, true, true),
                inspected.at("HostConfig", "AutoRemove").isTrue());
    }
}
