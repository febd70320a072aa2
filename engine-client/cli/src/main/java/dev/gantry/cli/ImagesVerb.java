package dev.gantry.cli;

import dev.gantry.cli.option.Option;
import dev.gantry.cli.option.Parameters;
import dev.gantry.cli.output.Human;
import dev.gantry.cli.output.Listing;
import dev.gantry.cli.template.Row;
import dev.gantry.client.json.Json;
import dev.gantry.client.transport.EngineRequest;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Lists images. */
final class ImagesVerb extends Verb {

    private static final String NONE = "<none>";

    @Option(
            names = {"-a", "--all"},
            description = "Show all images (default hides intermediate images)")
    boolean all;

    @Option(names = "--digests", description = "Show digests")
    boolean digests;

    @Option(
            names = {"-f", "--filter"},
            description = "Filter output based on conditions provided")
    @Nullable
    List<String> filter;

    @Option(names = "--format", description = "Format output: 'table', 'table TEMPLATE', 'json' or 'TEMPLATE'")
    String format = "";

    @Option(names = "--no-trunc", description = "Don't truncate output")
    boolean noTrunc;

    @Option(
            names = {"-q", "--quiet"},
            description = "Only show image IDs")
    boolean quiet;

    @Parameters(optional = true, paramLabel = "REPOSITORY[:TAG]")
    String reference = "";

    @Override
    int run(Cli cli) {
        List<String> filters = orEmpty(filter);
        if (!reference.isEmpty()) {
            filters.add("reference=" + reference);
        }
        Json images = cli.engine()
                .json(EngineRequest.get("/images/json").query("all", all).query("filters", filters(filters)));
        if (quiet && format.isEmpty()) {
            for (Json image : images.items()) {
                int names = Math.max(1, image.get("RepoTags").items().size());
                cli.out().print((id(image) + "\n").repeat(names));
            }
            return 0;
        }
        Listing listing = new Listing()
                .column("ID", "IMAGE ID")
                .column("Repository", "REPOSITORY")
                .column("Tag", "TAG")
                .column("Digest", "DIGEST")
                .column("CreatedSince", "CREATED")
                .column("CreatedAt", "CREATED AT")
                .column("Size", "SIZE")
                .column("Containers", "CONTAINERS")
                .column("SharedSize", "SHARED SIZE")
                .column("UniqueSize", "UNIQUE SIZE")
                .column("VirtualSize", "SIZE");
        images.items().forEach(image -> addRows(listing, image));
        String[] standard = digests
                ? new String[] {"Repository", "Tag", "Digest", "ID", "CreatedSince", "Size"}
                : new String[] {"Repository", "Tag", "ID", "CreatedSince", "Size"};
        cli.out().print(listing.print(format, standard));
        return 0;
    }

    private void addRows(Listing listing, Json image) {
        List<String> tags = new ArrayList<>(image.get("RepoTags").texts());
        tags.remove("<none>:<none>");
        List<String> byDigest = image.get("RepoDigests").texts();
        for (String name : tags) {
            int colon = name.lastIndexOf(':');
            String repository = name.substring(0, colon);
            listing.add(row(image, repository, name.substring(colon + 1), digestOf(byDigest, repository)));
        }
        if (tags.isEmpty()) {
            String name = byDigest.isEmpty() ? NONE + "@" + NONE : byDigest.get(0);
            int at = name.indexOf('@');
            listing.add(row(image, name.substring(0, at), NONE, name.substring(at + 1)));
        }
    }

    private static String digestOf(List<String> byDigest, String repository) {
        return byDigest.stream()
                .filter(name -> name.startsWith(repository + "@"))
                .map(name -> name.substring(name.indexOf('@') + 1))
                .findFirst()
                .orElse(NONE);
    }

    private Row row(Json image, String repository, String tag, String digest) {
        Instant created = Instant.ofEpochSecond(image.get("Created").number());
        String size = Human.size(image.get("Size").number());
        return new Row()
                .with("ID", () -> id(image))
                .with("Repository", () -> repository)
                .with("Tag", () -> tag)
                .with("Digest", () -> digest)
                .with("CreatedSince", () -> Human.duration(Duration.between(created, Instant.now())) + " ago")
                .with("CreatedAt", () -> PsVerb.local(created))
                .with("Size", () -> size)
                .with("Containers", () -> count(image.get("Containers").number()))
                .with("SharedSize", () -> count(image.get("SharedSize").number()))
                .with("UniqueSize", () -> "N/A")
                .with("VirtualSize", () -> size);
    }

    private static String count(long number) {
        return number < 0 ? "N/A" : Long.toString(number);
    }

    private String id(Json image) {
        String id = image.get("Id").text();
        return noTrunc ? id : Human.shortId(id);
    }
}
