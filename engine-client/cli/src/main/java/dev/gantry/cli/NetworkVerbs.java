package dev.gantry.cli;

import static dev.gantry.client.transport.EngineRequest.segment;

import dev.gantry.cli.option.Option;
import dev.gantry.cli.option.Parameters;
import dev.gantry.cli.output.Human;
import dev.gantry.cli.output.Listing;
import dev.gantry.cli.template.Row;
import dev.gantry.client.json.Json;
import dev.gantry.client.transport.EngineRequest;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The verbs of networks. */
final class NetworkVerbs {

    private NetworkVerbs() {}

    /** Lists networks. */
    static final class Ls extends Verb {

        @Option(
                names = {"-f", "--filter"},
                description = "Provide filter values (e.g. \"driver=bridge\")")
        @Nullable
        List<String> filter;

        @Option(names = "--format", description = "Format output: 'table', 'table TEMPLATE', 'json' or 'TEMPLATE'")
        String format = "";

        @Option(names = "--no-trunc", description = "Do not truncate the output")
        boolean noTrunc;

        @Option(
                names = {"-q", "--quiet"},
                description = "Only display network IDs")
        boolean quiet;

        @Override
        int run(Cli cli) {
            List<Json> networks = new ArrayList<>(cli.engine()
                    .json(EngineRequest.get("/networks").query("filters", filters(filter)))
                    .items());
            networks.sort(Comparator.comparing(network -> network.get("Name").text()));
            Listing listing = new Listing()
                    .column("ID", "NETWORK ID")
                    .column("Name", "NAME")
                    .column("Driver", "DRIVER")
                    .column("Scope", "SCOPE")
                    .column("IPv4", "IPV4")
                    .column("IPv6", "IPV6")
                    .column("Internal", "INTERNAL")
                    .column("Labels", "LABELS")
                    .column("CreatedAt", "CREATED AT");
            networks.forEach(network -> listing.add(row(network)));
            cli.out()
                    .print(listing.print(
                            quiet && format.isEmpty() ? "{{.ID}}" : format, "ID", "Name", "Driver", "Scope"));
            return 0;
        }

        private Row row(Json network) {
            String id = network.get("Id").text();
            return new Row()
                    .with("ID", () -> noTrunc ? id : Human.shortId(id))
                    .with("Name", () -> network.get("Name").text())
                    .with("Driver", () -> network.get("Driver").text())
                    .with("Scope", () -> network.get("Scope").text())
                    .with("IPv4", () -> network.get("EnableIPv4").text())
                    .with("IPv6", () -> network.get("EnableIPv6").text())
                    .with("Internal", () -> network.get("Internal").text())
                    .with("Labels", () -> PsVerb.labels(network.get("Labels")))
                    .with("CreatedAt", () -> network.get("Created").text());
        }
    }

    /** Shows networks. */
    static final class Inspect extends Verb {

        @Option(
                names = {"-f", "--format"},
                description = "Format output using a custom template, or 'json'")
        String format = "";

        @Option(
                names = {"-v", "--verbose"},
                description = "Verbose output for diagnostics")
        boolean verbose;

        @Parameters(paramLabel = "NETWORK")
        List<String> names = List.of();

        @Override
        int run(Cli cli) {
            return new Inspection(cli, format)
                    .print(
                            names,
                            name -> cli.engine()
                                    .json(EngineRequest.get("/networks/" + segment(name))
                                            .query("verbose", verbose)));
        }
    }
}
