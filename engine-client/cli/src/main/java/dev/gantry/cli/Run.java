package dev.gantry.cli;

import static dev.gantry.client.transport.EngineRequest.segment;

import dev.gantry.cli.terminal.DetachKeys;
import dev.gantry.cli.terminal.Signals;
import dev.gantry.cli.terminal.Terminal;
import dev.gantry.client.EngineClientException;
import dev.gantry.client.json.Json;
import dev.gantry.client.transport.EngineRequest;
import dev.gantry.client.transport.EngineResponse;
import dev.gantry.client.transport.HijackedStream;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/** Starts a container, or joins one that runs, and stays with it to its end. Used by run, start and attach. */
final class Run {

    /** The engine or this command refused. */
    static final int REFUSED = 125;

    private static final int NOT_EXECUTABLE = 126;
    private static final int NOT_FOUND = 127;
    private static final int NOT_MODIFIED = 304;
    private static final List<String> PROXIED = List.of("TERM", "INT", "HUP", "QUIT", "USR1", "USR2");

    private static final int ENDINGS_OBEYED = 3;

    /** Which streams to join. */
    record Streams(boolean stdin, boolean stdout, boolean stderr) {}

    private final Cli cli;
    private final String path;
    private final boolean tty;
    private final String detachKeys;
    private final boolean proxySignals;
    private final AtomicInteger endings = new AtomicInteger();

    Run(Cli cli, String container, boolean tty, String detachKeys, boolean proxySignals) {
        this.cli = cli;
        this.path = "/containers/" + segment(container);
        this.tty = tty;
        this.detachKeys = detachKeys;
        this.proxySignals = proxySignals;
    }

    /** Attaches, then waits, then starts, so that neither output nor the exit is missed. Returns the exit status. */
    int startAttached(Streams streams, boolean autoRemove) throws IOException {
        try (HijackedStream stream = attach(streams);
                EngineResponse wait = await(autoRemove ? "removed" : "next-exit")) {
            start();
            return follow(stream, wait, streams.stdin);
        }
    }

    /** Joins a container that runs and returns its exit status. */
    int join(Streams streams) throws IOException {
        try (HijackedStream stream = attach(streams);
                EngineResponse wait = await("")) {
            return follow(stream, wait, streams.stdin);
        }
    }

    /** Starts without staying. */
    void start() {
        try {
            if (cli.engine().status(EngineRequest.post(path + "/start")) == NOT_MODIFIED) {
                return;
            }
        } catch (EngineClientException e) {
            if (e.isUnreachable()) {
                throw e;
            }
            throw refusal(e);
        }
    }

    /** What the engine's refusal to create or start means for the exit status. */
    static CliException refusal(EngineClientException e) {
        return new CliException(startStatus(e), "Error response from daemon: " + e.getMessage());
    }

    // compat: docker's exit statuses follow from these texts of the engine.
    private static int startStatus(EngineClientException e) {
        String message = String.valueOf(e.getMessage());
        if (message.contains("executable file not found") || message.contains("no such file or directory")) {
            return NOT_FOUND;
        }
        return message.contains("permission denied") || message.contains("is a directory") ? NOT_EXECUTABLE : REFUSED;
    }

    private HijackedStream attach(Streams streams) {
        return cli.engine()
                .hijack(EngineRequest.post(path + "/attach")
                        .query("stream", true)
                        .query("stdin", streams.stdin)
                        .query("stdout", streams.stdout)
                        .query("stderr", streams.stderr)
                        .query("detachKeys", detachKeys));
    }

    private EngineResponse await(String condition) {
        return cli.engine().send(EngineRequest.post(path + "/wait").query("condition", condition));
    }

    private int follow(HijackedStream stream, EngineResponse wait, boolean stdin) throws IOException {
        if (tty && cli.isTerminal(Cli.STDOUT)) {
            resizeAlways(cli, path);
        } else if (proxySignals && cli.terminal()) {
            for (String signal : PROXIED) {
                Signals.handle(signal, () -> forward(signal));
            }
        }
        DetachKeys keys = tty && stdin && cli.isTerminal(Cli.STDIN)
                ? DetachKeys.parse(detachKeys.isEmpty() ? DetachKeys.STANDARD : detachKeys)
                : null;
        if (!new Streaming(cli, stream, tty, keys).run(stdin)) {
            return 0;
        }
        Json end = Json.parse(wait.readAll());
        String error = end.at("Error", "Message").text();
        if (!error.isEmpty()) {
            cli.err().println("Error waiting for container: " + error);
            return REFUSED;
        }
        return (int) end.get("StatusCode").number();
    }

    /** Passes a signal on; the third that asks for the end ends this command, as its process may not listen. */
    private void forward(String signal) {
        boolean ending = signal.equals("INT") || signal.equals("TERM");
        if (ending && endings.incrementAndGet() == ENDINGS_OBEYED) {
            cli.err().println("\ngot " + ENDINGS_OBEYED + " SIGTERM/SIGINTs, forcefully exiting");
            cli.err().flush();
            Runtime.getRuntime().halt(1);
        }
        kill(signal);
    }

    private void kill(String signal) {
        try {
            cli.engine().status(EngineRequest.post(path + "/kill").query("signal", signal));
        } catch (EngineClientException e) {
            // The container has just ended; its exit status is on the way.
        }
    }

    /** Gives the terminal of a container or exec the size of ours, now and whenever that changes. */
    static void resizeAlways(Cli cli, String path) {
        resize(cli, path);
        Signals.handle("WINCH", () -> resize(cli, path));
    }

    private static void resize(Cli cli, String path) {
        Terminal.Size size = cli.terminalSize(Cli.STDOUT);
        if (size.height() == 0 || size.width() == 0) {
            return;
        }
        try {
            cli.engine()
                    .status(EngineRequest.post(path + "/resize")
                            .query("h", Integer.toString(size.height()))
                            .query("w", Integer.toString(size.width())));
        } catch (EngineClientException e) {
            // A process that has just ended has no terminal to be resized.
        }
    }
}
