package dev.gantry.cli;

import static dev.gantry.cli.Verb.orEmpty;
import static dev.gantry.client.transport.EngineRequest.segment;

import dev.gantry.cli.option.Option;
import dev.gantry.cli.option.Parameters;
import dev.gantry.cli.output.Listing;
import dev.gantry.cli.template.Row;
import dev.gantry.client.json.Json;
import dev.gantry.client.transport.EngineRequest;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The verbs of volumes. */
final class VolumeVerbs {

    private VolumeVerbs() {}

    /** Lists volumes. */
    static final class Ls extends Verb {

        @Option(
                names = {"-f", "--filter"},
                description = "Provide filter values (e.g. \"dangling=true\")")
        @Nullable
        List<String> filter;

        @Option(names = "--format", description = "Format output: 'table', 'table TEMPLATE', 'json' or 'TEMPLATE'")
        String format = "";

        @Option(
                names = {"-q", "--quiet"},
                description = "Only display volume names")
        boolean quiet;

        @Override
        int run(Cli cli) {
            List<Json> volumes = new ArrayList<>(cli.engine()
                    .json(EngineRequest.get("/volumes").query("filters", filters(filter)))
                    .get("Volumes")
                    .items());
            volumes.sort(Comparator.comparing(volume -> volume.get("Name").text()));
            Listing listing = new Listing()
                    .column("Driver", "DRIVER")
                    .column("Name", "VOLUME NAME")
                    .column("Scope", "SCOPE")
                    .column("Mountpoint", "MOUNTPOINT")
                    .column("Labels", "LABELS");
            volumes.forEach(volume -> listing.add(row(volume)));
            cli.out().print(listing.print(quiet && format.isEmpty() ? "{{.Name}}" : format, "Driver", "Name"));
            return 0;
        }

        private static Row row(Json volume) {
            Row row = new Row();
            for (String name : List.of("Driver", "Name", "Scope", "Mountpoint")) {
                row.with(name, () -> volume.get(name).text());
            }
            // what a list of the engine does not tell, docker shows so
            for (String name : List.of("Availability", "Group", "Links", "Size", "Status")) {
                row.with(name, () -> "N/A");
            }
            return row.with("Labels", () -> PsVerb.labels(volume.get("Labels")));
        }
    }

    /** Makes a volume. */
    static final class Create extends Verb {

        @Option(
                names = {"-d", "--driver"},
                description = "Specify volume driver name")
        String driver = "local";

        @Option(names = "--label", description = "Set metadata for a volume")
        @Nullable
        List<String> label;

        @Option(
                names = {"-o", "--opt"},
                description = "Set driver specific options")
        @Nullable
        List<String> options;

        @Parameters(optional = true, paramLabel = "VOLUME")
        String name = "";

        @Override
        int run(Cli cli) {
            Map<String, Object> body = new LinkedHashMap<>();
            body.put("Name", name);
            body.put("Driver", driver);
            body.put("DriverOpts", OptionValues.pairs(orEmpty(options)));
            body.put("Labels", OptionValues.pairs(orEmpty(label)));
            cli.out()
                    .print(cli.post("/volumes/create", Json.of(body))
                                    .get("Name")
                                    .text() + "\n");
            return 0;
        }
    }

    /** Removes volumes. */
    static final class Remove extends Verb {

        @Option(
                names = {"-f", "--force"},
                description = "Force the removal of one or more volumes")
        boolean force;

        @Parameters(paramLabel = "VOLUME")
        List<String> names = List.of();

        @Override
        int run(Cli cli) {
            return cli.forEach(names, name -> {
                cli.engine()
                        .status(EngineRequest.of("DELETE", "/volumes/" + segment(name))
                                .query("force", force));
                cli.out().print(name + "\n");
            });
        }
    }

    /** Shows volumes. */
    static final class Inspect extends Verb {

        @Option(
                names = {"-f", "--format"},
                description = "Format output using a custom template, or 'json'")
        String format = "";

        @Parameters(paramLabel = "VOLUME")
        List<String> names = List.of();

        @Override
        int run(Cli cli) {
            return new Inspection(cli, format).print(names, name -> cli.get("/volumes/" + segment(name)));
        }
    }
}
