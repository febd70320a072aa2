package dev.gantry.cli;

import dev.gantry.cli.option.Mixin;
import dev.gantry.cli.option.Option;
import dev.gantry.cli.option.Parameters;
import dev.gantry.client.EngineClientException;
import java.io.IOException;
import java.util.List;
import java.util.Locale;

/** Creates a container, starts it, and stays with it unless told otherwise. */
final class RunVerb extends Verb implements Verbs.StartsContainer {

    @Mixin
    ContainerOptions options = new ContainerOptions();

    @Option(
            names = {"-d", "--detach"},
            description = "Run container in background and print container ID")
    boolean detach;

    @Option(names = "--sig-proxy", description = "Proxy received signals to the process (default true)")
    boolean sigProxy = true;

    @Option(names = "--detach-keys", description = "Override the key sequence for detaching a container")
    String detachKeys = "";

    @Parameters(paramLabel = "IMAGE [COMMAND] [ARG...]")
    List<String> arguments = List.of();

    @Override
    int failureStatus() {
        return Run.REFUSED;
    }

    @Override
    int run(Cli cli) throws IOException {
        boolean attachesInput = options.attach == null || has("stdin");
        if (options.tty
                && options.interactive
                && !detach
                && attachesInput
                && cli.terminal()
                && !cli.isTerminal(Cli.STDIN)) {
            throw new CliException(1, "the input device is not a TTY");
        }
        if (detach && options.attach != null) {
            throw new CliException(Run.REFUSED, "conflicting options: cannot specify both --attach and --detach");
        }
        String id = created(cli);
        Run run = new Run(cli, id, options.tty, detachKeys, sigProxy && !options.tty);
        if (detach) {
            run.start();
            cli.out().print(id + "\n");
            return 0;
        }
        boolean all = options.attach == null;
        Run.Streams streams =
                new Run.Streams(all ? options.interactive : has("stdin"), all || has("stdout"), all || has("stderr"));
        return run.startAttached(streams, options.remove);
    }

    private boolean has(String stream) {
        return orEmpty(options.attach).stream()
                .anyMatch(name -> name.toLowerCase(Locale.ROOT).equals(stream));
    }

    private String created(Cli cli) throws IOException {
        try {
            return new Creation(cli, options).create(arguments, !detach);
        } catch (EngineClientException e) {
            if (e.isUnreachable()) {
                throw e;
            }
            throw Run.refusal(e);
        } catch (CliException e) {
            throw new CliException(Run.REFUSED, String.valueOf(e.getMessage()));
        }
    }
}
