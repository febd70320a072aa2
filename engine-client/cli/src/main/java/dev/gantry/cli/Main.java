package dev.gantry.cli;

import dev.gantry.cli.option.CommandLine;
import dev.gantry.cli.option.UsageException;
import dev.gantry.cli.template.TemplateException;
import dev.gantry.client.EngineClientException;
import dev.gantry.client.EngineHost;
import java.io.BufferedOutputStream;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;

/**
 * The gantry command. Only the verb that is asked for is built and looked at, for the sake of a quick start; the few
 * options that stand before the verb are read here.
 */
public final class Main {

    private static final int USAGE = 125;
    private static final int BUFFER_BYTES = 32 * 1024;

    private final Map<String, String> environment;
    private final PrintStream out;
    private final PrintStream err;
    private final Function<EngineHost, Cli> connect;

    Main(Map<String, String> environment, PrintStream out, PrintStream err, Function<EngineHost, Cli> connect) {
        this.environment = environment;
        this.out = out;
        this.err = err;
        this.connect = connect;
    }

    public static void main(String[] args) {
        PrintStream out = output(FileDescriptor.out);
        PrintStream err = output(FileDescriptor.err);
        int status = new Main(System.getenv(), out, err, Cli::ofProcess).run(List.of(args));
        out.flush();
        err.flush();
        System.exit(status);
    }

    static PrintStream output(FileDescriptor descriptor) {
        return new PrintStream(
                new BufferedOutputStream(new FileOutputStream(descriptor), BUFFER_BYTES),
                false,
                StandardCharsets.UTF_8);
    }

    /** Runs a command line and returns the exit status. */
    int run(List<String> args) {
        String hostText = "";
        int i = 0;
        while (i < args.size() && args.get(i).startsWith("-")) {
            String arg = args.get(i++);
            if (arg.equals("-H") || arg.equals("--host")) {
                hostText = i < args.size() ? args.get(i++) : "";
            } else if (arg.startsWith("--host=")) {
                hostText = arg.substring("--host=".length());
            } else if (arg.equals("-v") || arg.equals("--version")) {
                out.println("Gantry version " + Verbs.version());
                return 0;
            } else if (arg.equals("--help") || arg.equals("-h")) {
                out.print(Verbs.usage());
                return 0;
            } else if (!arg.equals("-D") && !arg.equals("--debug")) {
                err.println("unknown flag: " + arg + "\n\n" + Verbs.usageHint());
                return USAGE;
            }
        }
        if (i == args.size()) {
            out.print(Verbs.usage());
            return 0;
        }
        return dispatch(args.subList(i, args.size()), hostText);
    }

    private int dispatch(List<String> args, String hostText) {
        String name = args.get(0);
        int words = 1;
        if (Verbs.isGroup(name)) {
            if (args.size() == 1 || args.get(1).equals("--help")) {
                out.print(Verbs.usage(name));
                return 0;
            }
            name = name + " " + args.get(1);
            words = 2;
        }
        Verb verb = Verbs.find(name);
        if (verb == null) {
            err.println("gantry: unknown command: gantry " + name + "\n\n" + Verbs.usageHint());
            return 1;
        }
        CommandLine line = new CommandLine(verb, name, verb instanceof Verbs.TakesCommand);
        try {
            if (!line.parse(args.subList(words, args.size()))) {
                out.print(line.usage(Verbs.description(name)));
                return 0;
            }
        } catch (UsageException e) {
            err.println((e.isArgumentCount() ? "gantry: " : "") + e.getMessage() + "\n\n" + line.synopsis() + "\n\n"
                    + runHelp(name));
            return e.isArgumentCount() ? 1 : USAGE;
        }
        try {
            return execute(
                    verb,
                    name,
                    hostText.isEmpty() ? EngineHost.fromEnvironment(environment) : EngineHost.parse(hostText));
        } catch (IllegalArgumentException e) {
            return fail(verb, name, String.valueOf(e.getMessage()), USAGE);
        }
    }

    private static String runHelp(String name) {
        return "Run 'gantry " + name + " --help' for more information";
    }

    private int execute(Verb verb, String name, EngineHost host) {
        Cli cli = connect.apply(host);
        try {
            return verb.run(cli);
        } catch (EngineClientException e) {
            String message = e.isUnreachable() ? unreachable(host, e) : "Error response from daemon: " + e.getMessage();
            return fail(verb, name, message, verb.failureStatus());
        } catch (CliException e) {
            return fail(verb, name, String.valueOf(e.getMessage()), e.exitStatus());
        } catch (TemplateException | IllegalArgumentException e) {
            return fail(verb, name, String.valueOf(e.getMessage()), verb.failureStatus());
        } catch (NoSuchFileException e) {
            return fail(verb, name, "open " + e.getFile() + ": no such file or directory", verb.failureStatus());
        } catch (AccessDeniedException e) {
            return fail(verb, name, "open " + e.getFile() + ": permission denied", verb.failureStatus());
        } catch (IOException e) {
            return fail(verb, name, e.getMessage() == null ? e.toString() : e.getMessage(), verb.failureStatus());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return 130;
        } catch (RuntimeException e) {
            throw e;
        } catch (Exception e) {
            return fail(verb, name, e.toString(), verb.failureStatus());
        } finally {
            cli.out().flush();
            cli.err().flush();
            cli.engine().close();
        }
    }

    private int fail(Verb verb, String name, String message, int status) {
        if (!message.isEmpty()) {
            // compat: docker tells what it refuses in this way, and only that
            boolean starting = verb instanceof Verbs.StartsContainer && status >= USAGE;
            err.println(starting ? "gantry: " + message + "\n\n" + runHelp(name) : message);
        }
        return status;
    }

    private static String unreachable(EngineHost host, EngineClientException e) {
        List<String> lines = new ArrayList<>();
        String reason = String.valueOf(
                e.getCause() == null ? e.getMessage() : e.getCause().getMessage());
        lines.add("Cannot connect to the engine at " + host.text() + ". Is gantryd running? (" + reason + ")");
        if (reason.toLowerCase(Locale.ROOT).contains("permission denied")) {
            lines.add("Your user may not use its socket: try again as root, or join the socket's group.");
        } else {
            lines.add("Start it with 'systemctl start gantry.socket', or by hand, as root, with 'gantryd'.");
        }
        return String.join("\n", lines);
    }
}
