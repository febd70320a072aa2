package dev.gantry.cli;

import dev.gantry.cli.option.Option;
import dev.gantry.cli.template.Template;
import dev.gantry.client.json.Json;
import dev.gantry.client.transport.EngineRequest;
import dev.gantry.client.transport.EngineResponse;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Prints events as they happen. */
final class EventsVerb extends Verb {

    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.nnnnnnnnnXXX", Locale.ROOT);

    @Option(
            names = {"-f", "--filter"},
            description = "Filter output based on conditions provided")
    @Nullable
    List<String> filter;

    @Option(names = "--format", description = "Format output using a custom template, or 'json'")
    String format = "";

    @Option(names = "--since", description = "Show all events created since timestamp")
    String since = "";

    @Option(names = "--until", description = "Stream events until this timestamp")
    String until = "";

    @Override
    int run(Cli cli) throws IOException {
        Template template = format.isEmpty() || format.equals("json") ? null : Template.parse(format);
        EngineRequest request = EngineRequest.get("/events")
                .query("since", Moment.parse("since", since))
                .query("until", Moment.parse("until", until))
                .query("filters", filters(filter));
        try (EngineResponse answer = cli.engine().send(request)) {
            BufferedReader lines = new BufferedReader(new InputStreamReader(answer.body(), StandardCharsets.UTF_8));
            for (String line = lines.readLine(); line != null && !cli.out().checkError(); line = lines.readLine()) {
                if (line.isBlank()) {
                    continue;
                }
                Json event = Json.parse(line);
                String text = template != null
                        ? template.apply(event.raw())
                        : format.isEmpty() ? text(event) : event.toString();
                cli.out().print(text + "\n");
                cli.out().flush();
            }
        }
        return 0;
    }

    private static String text(Json event) {
        Instant time = Instant.ofEpochSecond(0, event.get("timeNano").number());
        StringBuilder text = new StringBuilder(TIME.format(time.atZone(ZoneId.systemDefault())));
        text.append(' ').append(event.get("Type").text());
        text.append(' ').append(event.get("Action").text());
        text.append(' ').append(event.at("Actor", "ID").text());
        Map<String, Json> attributes =
                new TreeMap<>(event.at("Actor", "Attributes").fields());
        if (!attributes.isEmpty()) {
            text.append(" (");
            attributes.forEach((name, value) ->
                    text.append(name).append('=').append(value.text()).append(", "));
            text.setLength(text.length() - 2);
            text.append(')');
        }
        return text.toString();
    }
}
