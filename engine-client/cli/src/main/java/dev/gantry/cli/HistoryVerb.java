package dev.gantry.cli;

import static dev.gantry.client.transport.EngineRequest.segment;

import dev.gantry.cli.option.Option;
import dev.gantry.cli.option.Parameters;
import dev.gantry.cli.output.Human;
import dev.gantry.cli.output.Listing;
import dev.gantry.cli.template.Row;
import dev.gantry.client.json.Json;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** Shows how an image was made. */
final class HistoryVerb extends Verb {

    private static final int CREATED_BY_LENGTH = 45;

    @Option(names = "--format", description = "Format output: 'table', 'table TEMPLATE', 'json' or 'TEMPLATE'")
    String format = "";

    @Option(
            names = {"-H", "--human"},
            description = "Print sizes and dates in human readable format (default true)")
    boolean human = true;

    @Option(names = "--no-trunc", description = "Don't truncate output")
    boolean noTrunc;

    @Option(
            names = {"-q", "--quiet"},
            description = "Only show image IDs")
    boolean quiet;

    @Parameters(paramLabel = "IMAGE")
    String image = "";

    @Override
    int run(Cli cli) {
        List<Json> steps = cli.get("/images/" + segment(image) + "/history").items();
        if (quiet && format.isEmpty()) {
            steps.forEach(step -> cli.out().print(id(step) + "\n"));
            return 0;
        }
        Listing listing = new Listing()
                .column("ID", "IMAGE")
                .column("CreatedSince", human ? "CREATED" : "CREATED AT")
                .column("CreatedAt", "CREATED AT")
                .column("CreatedBy", "CREATED BY")
                .column("Size", "SIZE")
                .column("Comment", "COMMENT");
        steps.forEach(step -> listing.add(row(step)));
        cli.out().print(listing.print(format, "ID", "CreatedSince", "CreatedBy", "Size", "Comment"));
        return 0;
    }

    private Row row(Json step) {
        Instant created = Instant.ofEpochSecond(step.get("Created").number());
        String by = step.get("CreatedBy").text().replace('\t', ' ');
        long size = step.get("Size").number();
        return new Row()
                .with("ID", () -> id(step))
                .with(
                        "CreatedSince",
                        () -> human
                                ? Human.duration(Duration.between(created, Instant.now())) + " ago"
                                : created.toString())
                .with("CreatedAt", created::toString)
                .with("CreatedBy", () -> noTrunc ? by : Human.ellipsis(by, CREATED_BY_LENGTH))
                .with("Size", () -> human ? Human.size(size) : Long.toString(size))
                .with("Comment", () -> step.get("Comment").text());
    }

    private String id(Json step) {
        String id = step.get("Id").text();
        return noTrunc ? id : Human.shortId(id);
    }
}
