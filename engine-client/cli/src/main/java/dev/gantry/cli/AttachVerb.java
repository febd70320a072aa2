package dev.gantry.cli;

import static dev.gantry.client.transport.EngineRequest.segment;

import dev.gantry.cli.option.Option;
import dev.gantry.cli.option.Parameters;
import dev.gantry.client.json.Json;
import java.io.IOException;

/** Joins the streams of a running container. */
final class AttachVerb extends Verb {

    @Option(names = "--no-stdin", description = "Do not attach STDIN")
    boolean noStdin;

    @Option(names = "--sig-proxy", description = "Proxy all received signals to the process (default true)")
    boolean sigProxy = true;

    @Option(names = "--detach-keys", description = "Override the key sequence for detaching a container")
    String detachKeys = "";

    @Parameters(paramLabel = "CONTAINER")
    String container = "";

    @Override
    int run(Cli cli) throws IOException {
        Json inspected = cli.get("/containers/" + segment(container) + "/json");
        if (!inspected.at("State", "Running").isTrue()) {
            throw CliException.failure("cannot attach to a stopped container, start it first");
        }
        if (inspected.at("State", "Paused").isTrue()) {
            throw CliException.failure("cannot attach to a paused container, unpause it first");
        }
        boolean tty = inspected.at("Config", "Tty").isTrue();
        boolean stdin = !noStdin && inspected.at("Config", "OpenStdin").isTrue();
        if (tty && stdin && cli.terminal() && !cli.isTerminal(Cli.STDIN)) {
            throw CliException.failure("the input device is not a TTY");
        }
        return new Run(cli, inspected.get("Id").text(), tty, detachKeys, sigProxy && !tty)
                .join(new Run.Streams(stdin, true, true));
    }
}
