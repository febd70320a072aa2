package dev.gantry.cli;

import static dev.gantry.client.transport.EngineRequest.segment;

import dev.gantry.cli.option.Option;
import dev.gantry.cli.option.Parameters;
import dev.gantry.cli.output.Listing;
import dev.gantry.client.EngineClientException;
import dev.gantry.client.json.Json;
import dev.gantry.client.transport.EngineRequest;
import dev.gantry.client.transport.EngineResponse;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Shows what containers use: once, or as a table that is drawn anew every second. */
final class StatsVerb extends Verb {

    private static final String[] COLUMNS = {"ID", "Name", "CPUPerc", "MemUsage", "MemPerc", "NetIO", "BlockIO", "PIDs"
    };
    private static final String HOME_AND_CLEAR = "\033[H\033[J";

    @Option(
            names = {"-a", "--all"},
            description = "Show all containers (default shows just running)")
    boolean all;

    @Option(names = "--format", description = "Format output: 'table', 'table TEMPLATE', 'json' or 'TEMPLATE'")
    String format = "";

    @Option(names = "--no-stream", description = "Disable streaming stats and only pull the first result")
    boolean noStream;

    @Option(names = "--no-trunc", description = "Do not truncate output")
    boolean noTrunc;

    @Parameters(optional = true, paramLabel = "CONTAINER")
    List<String> containers = List.of();

    private final Map<String, Json> samples = new ConcurrentHashMap<>();
    private final Map<String, Thread> readers = new ConcurrentHashMap<>();
    private final Map<String, EngineClientException> failures = new ConcurrentHashMap<>();

    @Override
    int run(Cli cli) throws InterruptedException {
        return noStream ? once(cli) : follow(cli);
    }

    private List<String> wanted(Cli cli) {
        if (!containers.isEmpty()) {
            return containers;
        }
        List<String> ids = new ArrayList<>();
        cli.engine()
                .json(EngineRequest.get("/containers/json").query("all", all))
                .items()
                .forEach(container -> ids.add(container.get("Id").text()));
        return ids;
    }

    private int once(Cli cli) throws InterruptedException {
        List<String> names = wanted(cli);
        names.forEach(name -> read(cli, name, false));
        for (Thread reader : List.copyOf(readers.values())) {
            reader.join();
        }
        cli.out().print(table(names));
        return tellFailures(cli);
    }

    private int follow(Cli cli) throws InterruptedException {
        while (!cli.out().checkError()) {
            List<String> names = wanted(cli);
            names.stream().filter(name -> !readers.containsKey(name)).forEach(name -> read(cli, name, true));
            samples.keySet().retainAll(names);
            readers.keySet().retainAll(names);
            if (!containers.isEmpty() && !failures.isEmpty()) {
                return tellFailures(cli);
            }
            cli.out().print((cli.isTerminal(Cli.STDOUT) ? HOME_AND_CLEAR : "") + table(names));
            cli.out().flush();
            TimeUnit.SECONDS.sleep(1);
        }
        return 0;
    }

    private int tellFailures(Cli cli) {
        cli.out().flush();
        failures.values().forEach(e -> cli.err().println("Error response from daemon: " + e.getMessage()));
        return failures.isEmpty() ? 0 : 1;
    }

    private void read(Cli cli, String name, boolean stream) {
        Thread reader = new Thread(() -> readAll(cli, name, stream), "stats");
        reader.setDaemon(true);
        readers.put(name, reader);
        reader.start();
    }

    private void readAll(Cli cli, String name, boolean stream) {
        EngineRequest request =
                EngineRequest.get("/containers/" + segment(name) + "/stats").query("stream", stream ? "1" : "0");
        try (EngineResponse answer = cli.engine().send(request);
                BufferedReader lines =
                        new BufferedReader(new InputStreamReader(answer.body(), StandardCharsets.UTF_8))) {
            @Nullable String line = lines.readLine();
            while (line != null) {
                samples.put(name, Json.parse(line));
                line = lines.readLine();
            }
        } catch (EngineClientException e) {
            failures.put(name, e);
        } catch (IOException e) {
            failures.put(name, new EngineClientException("Tried to read what " + name + " uses: " + e.getMessage(), e));
        }
    }

    private String table(List<String> names) {
        Listing listing = new Listing()
                .column("Container", "CONTAINER")
                .column("Name", "NAME")
                .column("ID", "CONTAINER ID")
                .column("CPUPerc", "CPU %")
                .column("MemUsage", "MEM USAGE / LIMIT")
                .column("MemPerc", "MEM %")
                .column("NetIO", "NET I/O")
                .column("BlockIO", "BLOCK I/O")
                .column("PIDs", "PIDS");
        for (String name : names) {
            if (!failures.containsKey(name)) {
                listing.add(UsageRow.of(name, samples.getOrDefault(name, Json.MISSING), noTrunc));
            }
        }
        return listing.print(format, COLUMNS);
    }
}
