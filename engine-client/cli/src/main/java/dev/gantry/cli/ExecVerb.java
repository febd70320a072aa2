package dev.gantry.cli;

import static dev.gantry.client.transport.EngineRequest.segment;

import dev.gantry.cli.option.Option;
import dev.gantry.cli.option.Parameters;
import dev.gantry.cli.terminal.DetachKeys;
import dev.gantry.cli.terminal.Terminal;
import dev.gantry.client.json.Json;
import dev.gantry.client.transport.EngineRequest;
import dev.gantry.client.transport.HijackedStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Runs a further process in a running container. */
final class ExecVerb extends Verb implements Verbs.TakesCommand {

    @Option(
            names = {"-d", "--detach"},
            description = "Detached mode: run command in the background")
    boolean detach;

    @Option(names = "--detach-keys", description = "Override the key sequence for detaching a container")
    String detachKeys = "";

    @Option(
            names = {"-e", "--env"},
            description = "Set environment variables")
    @Nullable
    List<String> env;

    @Option(names = "--env-file", description = "Read in a file of environment variables")
    @Nullable
    List<String> envFile;

    @Option(
            names = {"-i", "--interactive"},
            description = "Keep STDIN open even if not attached")
    boolean interactive;

    @Option(names = "--privileged", description = "Give extended privileges to the command")
    boolean privileged;

    @Option(
            names = {"-t", "--tty"},
            description = "Allocate a pseudo-TTY")
    boolean tty;

    @Option(
            names = {"-u", "--user"},
            description = "Username or UID (format: \"<name|uid>[:<group|gid>]\")")
    String user = "";

    @Option(
            names = {"-w", "--workdir"},
            description = "Working directory inside the container")
    String workdir = "";

    @Parameters(index = 0, paramLabel = "CONTAINER")
    String container = "";

    @Parameters(index = 1, paramLabel = "COMMAND [ARG...]")
    List<String> command = List.of();

    @Override
    int run(Cli cli) throws IOException {
        if (tty && interactive && !detach && cli.terminal() && !cli.isTerminal(Cli.STDIN)) {
            throw CliException.failure("the input device is not a TTY");
        }
        Terminal.Size size = tty ? cli.terminalSize(Cli.STDOUT) : Terminal.Size.UNKNOWN;
        String exec = cli.post("/containers/" + segment(container) + "/exec", creation(cli, size))
                .get("Id")
                .text();
        Map<String, Object> start = new LinkedHashMap<>();
        start.put("Detach", detach);
        start.put("Tty", tty);
        if (size.height() > 0) {
            start.put("ConsoleSize", List.of(size.height(), size.width()));
        }
        byte[] body = Json.of(start).toString().getBytes(StandardCharsets.UTF_8);
        EngineRequest request = EngineRequest.post("/exec/" + exec + "/start").json(body);
        if (detach) {
            cli.engine().status(request);
            return 0;
        }
        DetachKeys keys = tty && interactive && cli.isTerminal(Cli.STDIN)
                ? DetachKeys.parse(detachKeys.isEmpty() ? DetachKeys.STANDARD : detachKeys)
                : null;
        try (HijackedStream stream = cli.engine().hijack(request)) {
            if (tty && cli.isTerminal(Cli.STDOUT)) {
                Run.resizeAlways(cli, "/exec/" + exec);
            }
            if (!new Streaming(cli, stream, tty, keys).run(interactive)) {
                return 0;
            }
        }
        return (int) cli.get("/exec/" + exec + "/json").get("ExitCode").number();
    }

    private Json creation(Cli cli, Terminal.Size size) throws IOException {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("User", user);
        body.put("Privileged", privileged);
        body.put("Tty", tty);
        body.put("AttachStdin", interactive && !detach);
        body.put("AttachStdout", !detach);
        body.put("AttachStderr", !detach);
        body.put("DetachKeys", detachKeys);
        List<String> variables = new ArrayList<>(OptionValues.lines(orEmpty(envFile)));
        variables.addAll(orEmpty(env));
        body.put("Env", OptionValues.environment(variables, cli.environment()));
        body.put("WorkingDir", workdir);
        body.put("Cmd", command);
        if (size.height() > 0) {
            body.put("ConsoleSize", List.of(size.height(), size.width()));
        }
        return Json.of(body);
    }
}
