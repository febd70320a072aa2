package dev.gantry.cli;

import dev.gantry.cli.terminal.Terminal;
import dev.gantry.client.EngineClientException;
import dev.gantry.client.EngineHost;
import dev.gantry.client.json.Json;
import dev.gantry.client.transport.EngineRequest;
import dev.gantry.client.transport.EngineTransport;
import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * What a command works with: the engine and the three streams. The streams are those of the process or of a test.
 *
 * @param terminal whether the streams are those of the process and may be terminals
 */
record Cli(
        EngineTransport engine,
        InputStream in,
        PrintStream out,
        PrintStream err,
        Map<String, String> environment,
        boolean terminal) {

    static final int STDIN = 0;
    static final int STDOUT = 1;
    static final int STDERR = 2;

    /** Connects a command to the streams of this process. */
    static Cli ofProcess(EngineHost host) {
        Map<String, String> environment = System.getenv();
        return new Cli(
                new EngineTransport(host, environment.getOrDefault("DOCKER_API_VERSION", "")),
                new FileInputStream(FileDescriptor.in),
                Main.output(FileDescriptor.out),
                Main.output(FileDescriptor.err),
                environment,
                true);
    }

    boolean isTerminal(int descriptor) {
        return terminal && Terminal.isTerminal(descriptor);
    }

    Terminal.Size terminalSize(int descriptor) {
        return terminal ? Terminal.size(descriptor) : Terminal.Size.UNKNOWN;
    }

    Json get(String path) {
        return engine.json(EngineRequest.get(path));
    }

    Json post(String path, Json body) {
        return engine.json(EngineRequest.post(path).json(body.toString().getBytes(StandardCharsets.UTF_8)));
    }

    /**
     * Does something for each of several names; a failure is printed and the others go on.
     *
     * @return 0 when all went well, else 1
     */
    int forEach(List<String> names, Consumer<String> action) {
        int status = 0;
        for (String name : names) {
            try {
                action.accept(name);
            } catch (EngineClientException e) {
                if (e.isUnreachable()) {
                    throw e;
                }
                out.flush();
                err.println("Error response from daemon: " + e.getMessage());
                status = 1;
            }
        }
        return status;
    }

    /** The value of the header with credentials; the engine takes it as anonymous. */
    static String anonymous() {
        return Base64.getUrlEncoder().encodeToString("{}".getBytes(StandardCharsets.UTF_8));
    }
}
