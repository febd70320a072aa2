package dev.gantry.cli;

import dev.gantry.cli.option.Option;
import dev.gantry.cli.template.Template;
import dev.gantry.client.json.Json;
import dev.gantry.client.transport.EngineTransport;
import java.util.LinkedHashMap;
import java.util.Map;

/** Shows the versions of this command and of the engine. */
final class VersionVerb extends Verb {

    @Option(
            names = {"-f", "--format"},
            description = "Format output using a custom template, or 'json'")
    String format = "";

    @Override
    int run(Cli cli) {
        Map<String, Object> client = new LinkedHashMap<>();
        client.put("Version", Verbs.version());
        client.put("ApiVersion", EngineTransport.NEWEST_VERSION);
        client.put("Os", "linux");
        client.put("Arch", System.getProperty("os.arch", ""));
        client.put("JavaVersion", System.getProperty("java.version", ""));
        if (format.isEmpty()) {
            cli.out().print("Client: Gantry\n");
            line(cli, 1, "Version", Verbs.version());
            line(cli, 1, "API version", EngineTransport.NEWEST_VERSION);
            line(cli, 1, "Java version", System.getProperty("java.version", ""));
            line(cli, 1, "OS/Arch", "linux/" + System.getProperty("os.arch", ""));
            cli.out().flush();
        }
        Json server = cli.get("/version");
        if (!format.isEmpty()) {
            Map<String, Object> both = new LinkedHashMap<>();
            both.put("Client", client);
            if (server.raw() != null) {
                both.put("Server", server.raw());
            }
            String text = format.equals("json")
                    ? Json.of(both).toString()
                    : Template.parse(format).apply(both);
            cli.out().print(text + "\n");
            return 0;
        }
        printServer(cli, server);
        return 0;
    }

    private static void printServer(Cli cli, Json server) {
        String platform = server.at("Platform", "Name").text();
        cli.out().print("\nServer:" + (platform.isEmpty() ? "" : " " + platform) + "\n Engine:\n");
        line(cli, 2, "Version", server.get("Version").text());
        line(
                cli,
                2,
                "API version",
                server.get("ApiVersion").text() + " (minimum version "
                        + server.get("MinAPIVersion").text() + ")");
        line(cli, 2, "Git commit", server.get("GitCommit").text());
        line(cli, 2, "Built", server.get("BuildTime").text());
        line(
                cli,
                2,
                "OS/Arch",
                server.get("Os").text() + "/" + server.get("Arch").text());
        line(cli, 2, "Kernel", server.get("KernelVersion").text());
        for (Json part : server.get("Components").items()) {
            if (!part.get("Name").text().equals("Engine")) {
                cli.out().print(" " + part.get("Name").text() + ":\n");
                line(cli, 2, "Version", part.get("Version").text());
            }
        }
    }

    private static void line(Cli cli, int indent, String name, String value) {
        if (!value.isEmpty()) {
            cli.out()
                    .print(" ".repeat(indent) + name + ":" + " ".repeat(Math.max(1, 18 - indent - name.length()))
                            + value + "\n");
        }
    }
}
