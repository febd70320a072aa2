package dev.gantry.cli;

import dev.gantry.cli.option.Option;
import dev.gantry.cli.output.Human;
import dev.gantry.cli.output.Listing;
import dev.gantry.cli.output.PortList;
import dev.gantry.cli.template.Row;
import dev.gantry.client.json.Json;
import dev.gantry.client.transport.EngineRequest;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Lists containers. */
final class PsVerb extends Verb {

    private static final int COMMAND_LENGTH = 20;

    @Option(
            names = {"-a", "--all"},
            description = "Show all containers (default shows just running)")
    boolean all;

    @Option(
            names = {"-f", "--filter"},
            description = "Filter output based on conditions provided")
    @Nullable
    List<String> filter;

    @Option(names = "--format", description = "Format output: 'table', 'table TEMPLATE', 'json' or 'TEMPLATE'")
    String format = "";

    @Option(
            names = {"-n", "--last"},
            description = "Show n last created containers (includes all states)")
    int last = -1;

    @Option(
            names = {"-l", "--latest"},
            description = "Show the latest created container (includes all states)")
    boolean latest;

    @Option(names = "--no-trunc", description = "Don't truncate output")
    boolean noTrunc;

    @Option(
            names = {"-q", "--quiet"},
            description = "Only display container IDs")
    boolean quiet;

    @Option(
            names = {"-s", "--size"},
            description = "Display total file sizes")
    boolean size;

    @Override
    int run(Cli cli) {
        int limit = latest ? 1 : last;
        Json containers = cli.engine()
                .json(EngineRequest.get("/containers/json")
                        .query("all", all)
                        .query("limit", limit > 0 ? Integer.toString(limit) : "")
                        .query("size", size || format.contains(".Size"))
                        .query("filters", filters(filter)));
        if (quiet && format.isEmpty()) {
            containers.items().forEach(container -> cli.out().print(id(container) + "\n"));
            return 0;
        }
        Listing listing = columns();
        containers.items().forEach(container -> listing.add(row(container)));
        List<String> standard =
                new ArrayList<>(List.of("ID", "Image", "Command", "RunningFor", "Status", "Ports", "Names"));
        if (size) {
            standard.add("Size");
        }
        cli.out().print(listing.print(format, standard.toArray(String[]::new)));
        return 0;
    }

    private static Listing columns() {
        return new Listing()
                .column("ID", "CONTAINER ID")
                .column("Image", "IMAGE")
                .column("Command", "COMMAND")
                .column("CreatedAt", "CREATED AT")
                .column("RunningFor", "CREATED")
                .column("Ports", "PORTS")
                .column("State", "STATE")
                .column("Status", "STATUS")
                .column("Size", "SIZE")
                .column("Names", "NAMES")
                .column("Labels", "LABELS")
                .column("Mounts", "MOUNTS")
                .column("Networks", "NETWORKS")
                .column("LocalVolumes", "LOCAL VOLUMES")
                .column("Platform", "PLATFORM");
    }

    private Row row(Json container) {
        Instant created = Instant.ofEpochSecond(container.get("Created").number());
        return new Row()
                .with("ID", () -> id(container))
                .with("Image", () -> image(container))
                .with("Command", () -> command(container.get("Command").text()))
                .with("CreatedAt", () -> local(created))
                .with("RunningFor", () -> Human.duration(Duration.between(created, Instant.now())) + " ago")
                .with("Ports", () -> PortList.text(container.get("Ports")))
                .with("State", () -> container.get("State").text())
                .with("Status", () -> container.get("Status").text())
                .with("Size", () -> size(container))
                .with("Names", () -> names(container))
                .with("Labels", () -> labels(container.get("Labels")))
                .with("Mounts", () -> mounts(container))
                .with(
                        "Networks",
                        () -> String.join(
                                ",",
                                container
                                        .at("NetworkSettings", "Networks")
                                        .fields()
                                        .keySet()))
                .with(
                        "LocalVolumes",
                        () -> Long.toString(container.get("Mounts").items().stream()
                                .filter(mount -> mount.get("Driver").text().equals("local"))
                                .count()))
                .with("Platform", () -> "");
    }

    private String id(Json container) {
        String id = container.get("Id").text();
        return noTrunc ? id : Human.shortId(id);
    }

    private String image(Json container) {
        String image = container.get("Image").text();
        String id = container.get("ImageID").text();
        if (image.isEmpty()) {
            return "<no image>";
        }
        if (noTrunc) {
            return image;
        }
        if (Human.shortId(image).equals(Human.shortId(id))) {
            return Human.shortId(id);
        }
        int digest = image.indexOf('@');
        return digest > 0 ? image.substring(0, digest) : image;
    }

    private String command(String command) {
        String shown = noTrunc ? command : Human.ellipsis(command, COMMAND_LENGTH);
        return Json.of(shown).toString();
    }

    private static String size(Json container) {
        String size = Human.size(container.get("SizeRw").number());
        long virtual = container.get("SizeRootFs").number();
        return virtual > 0 ? size + " (virtual " + Human.size(virtual) + ")" : size;
    }

    private String names(Json container) {
        List<String> names = new ArrayList<>();
        for (String name : container.get("Names").texts()) {
            String plain = name.startsWith("/") ? name.substring(1) : name;
            if (noTrunc || plain.indexOf('/') < 0) {
                names.add(plain);
            }
        }
        return String.join(",", names);
    }

    private String mounts(Json container) {
        return String.join(
                ",",
                container.get("Mounts").items().stream()
                        .map(mount -> mount.get("Name").text().isEmpty()
                                ? mount.get("Source").text()
                                : mount.get("Name").text())
                        .map(name -> noTrunc ? name : Human.ellipsis(name, 15))
                        .toList());
    }

    static String labels(Json labels) {
        return String.join(
                ",",
                labels.fields().entrySet().stream()
                        .map(label -> label.getKey() + "=" + label.getValue().text())
                        .sorted()
                        .toList());
    }

    static String local(Instant time) {
        return DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss Z z", Locale.ROOT)
                .format(time.atZone(ZoneId.systemDefault()));
    }
}
