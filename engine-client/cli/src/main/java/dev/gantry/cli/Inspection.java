package dev.gantry.cli;

import dev.gantry.cli.template.Template;
import dev.gantry.client.EngineClientException;
import dev.gantry.client.json.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** Prints objects as one JSON array, or each through a template. */
final class Inspection {

    private static final int INDENT = 4;
    private static final int NOT_FOUND = 404;

    private final Cli cli;
    private final String format;

    Inspection(Cli cli, String format) {
        this.cli = cli;
        this.format = format;
    }

    /** Finds and prints; what is missing is reported at the end. Returns the exit status. */
    int print(List<String> names, Function<String, Json> find) {
        Template template = format.isEmpty() || format.equals("json") ? null : Template.parse(format);
        List<Object> found = new ArrayList<>();
        List<String> missing = new ArrayList<>();
        for (String name : names) {
            try {
                Json object = find.apply(name);
                if (object.raw() != null) {
                    found.add(object.raw());
                }
            } catch (EngineClientException e) {
                if (e.status() != NOT_FOUND) {
                    throw e;
                }
                missing.add(String.valueOf(e.getMessage()));
            }
        }
        if (template != null) {
            found.forEach(object -> cli.out().print(template.apply(object) + "\n"));
        } else if (format.equals("json")) {
            cli.out().print(Json.of(found) + "\n");
        } else {
            cli.out().print(Json.of(found).indented(INDENT) + "\n");
        }
        cli.out().flush();
        missing.forEach(message ->
                cli.err().println(message.startsWith("Error") ? message : "Error response from daemon: " + message));
        return missing.isEmpty() ? 0 : 1;
    }
}
