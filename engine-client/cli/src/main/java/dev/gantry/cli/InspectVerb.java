package dev.gantry.cli;

import static dev.gantry.client.transport.EngineRequest.segment;

import dev.gantry.cli.option.Option;
import dev.gantry.cli.option.Parameters;
import dev.gantry.client.EngineClientException;
import dev.gantry.client.json.Json;
import dev.gantry.client.transport.EngineRequest;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Shows all the engine knows of containers, images, networks and volumes. */
final class InspectVerb extends Verb {

    private static final int NOT_FOUND = 404;
    private static final Map<String, String> PATHS = new LinkedHashMap<>();

    static {
        PATHS.put("container", "/containers/%s/json");
        PATHS.put("image", "/images/%s/json");
        PATHS.put("network", "/networks/%s");
        PATHS.put("volume", "/volumes/%s");
    }

    @Option(
            names = {"-f", "--format"},
            description = "Format output using a custom template, or 'json'")
    String format = "";

    @Option(
            names = {"-s", "--size"},
            description = "Display total file sizes if the type is container")
    boolean size;

    @Option(names = "--type", description = "Return JSON for specified type")
    String type = "";

    @Parameters(paramLabel = "NAME|ID")
    List<String> names = List.of();

    /** Looks for one kind of object when the command says which. */
    void onlyOf(String command) {
        int space = command.indexOf(' ');
        type = space < 0 ? "" : command.substring(0, space);
    }

    @Override
    int run(Cli cli) {
        if (!type.isEmpty() && !PATHS.containsKey(type)) {
            throw CliException.failure("\"" + type + "\" is not a valid value for --type");
        }
        return new Inspection(cli, format).print(names, name -> find(cli, name));
    }

    private Json find(Cli cli, String name) {
        for (Map.Entry<String, String> kind : PATHS.entrySet()) {
            if (!type.isEmpty() && !type.equals(kind.getKey())) {
                continue;
            }
            try {
                return cli.engine()
                        .json(EngineRequest.get(kind.getValue().replace("%s", segment(name)))
                                .query("size", size && kind.getKey().equals("container")));
            } catch (EngineClientException e) {
                if (e.status() != NOT_FOUND || !type.isEmpty()) {
                    throw e;
                }
            }
        }
        throw new EngineClientException(NOT_FOUND, "Error: No such object: " + name);
    }
}
