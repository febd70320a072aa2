package dev.gantry.cli;

import dev.gantry.cli.output.PullProgress;
import dev.gantry.client.EngineClientException;
import dev.gantry.client.json.Json;
import dev.gantry.client.transport.EngineRequest;
import dev.gantry.client.transport.EngineResponse;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/** Has the engine pull, load or import images, and shows how far it is. */
final class Pull {

    /** Where progress goes. */
    enum Output {
        STDOUT,
        STDERR,
        NONE
    }

    private final Cli cli;

    Pull(Cli cli) {
        this.cli = cli;
    }

    void pull(String reference, String platform, Output output) throws IOException {
        EngineRequest request = EngineRequest.post("/images/create")
                .query("fromImage", withTag(reference))
                .query("platform", platform)
                .header("X-Registry-Auth", new RegistryLogin(cli.environment()).header(reference));
        send(request, output);
    }

    /** Sends a request that is answered by a stream of progress; fails when the stream tells of an error. */
    void send(EngineRequest request, Output output) {
        PrintStream out = output == Output.STDERR ? cli.err() : cli.out();
        int descriptor = output == Output.STDERR ? Cli.STDERR : Cli.STDOUT;
        int columns = cli.isTerminal(descriptor)
                ? Math.max(80, cli.terminalSize(descriptor).width())
                : 0;
        PullProgress progress = new PullProgress(out, columns);
        try (EngineResponse answer = cli.engine().send(request)) {
            BufferedReader lines = new BufferedReader(new InputStreamReader(answer.body(), StandardCharsets.UTF_8));
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (line.isBlank()) {
                    continue;
                }
                Json message = Json.parse(line);
                if (!message.get("error").isMissing()
                        || !message.get("errorDetail").isMissing()) {
                    String detail = message.at("errorDetail", "message").text();
                    throw new CliException(
                            1, detail.isEmpty() ? message.get("error").text() : detail);
                }
                if (output != Output.NONE) {
                    progress.show(message);
                }
            }
        } catch (IOException e) {
            throw new EngineClientException("Tried to read progress: " + e.getMessage(), e);
        }
    }

    /** Adds {@code latest} where there is neither tag nor digest; without it an engine pulls all tags. */
    static String withTag(String reference) {
        boolean tagged = reference.indexOf('@') >= 0 || reference.lastIndexOf(':') > reference.lastIndexOf('/');
        return tagged ? reference : reference + ":latest";
    }
}
