package dev.gantry.daemon.service.event;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Events as lines of the journal: one JSON object each. What is no such line is damage and passed over. */
final class EventLine {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private EventLine() {}

    static byte[] write(NumberedEvent numbered) {
        EngineEvent event = numbered.event();
        ObjectNode line = JSON.createObjectNode();
        line.put("n", numbered.number());
        Instant time = event.time();
        line.put("s", time.getEpochSecond());
        line.put("ns", time.getNano());
        line.put("type", event.type());
        line.put("action", event.action());
        line.put("id", event.actorId());
        ObjectNode attributes = line.putObject("attributes");
        event.attributes().forEach(attributes::put);
        return (JSON.writeValueAsString(line) + "\n").getBytes(StandardCharsets.UTF_8);
    }

    static Optional<NumberedEvent> read(String line) {
        try {
            JsonNode node = JSON.readTree(line);
            Map<String, String> attributes = new HashMap<>();
            node.path("attributes")
                    .properties()
                    .forEach(entry ->
                            attributes.put(entry.getKey(), entry.getValue().asString("")));
            return Optional.of(new NumberedEvent(
                    node.get("n").asLong(),
                    new EngineEvent(
                            node.get("type").asString(),
                            node.get("action").asString(),
                            node.get("id").asString(),
                            attributes,
                            Instant.ofEpochSecond(
                                    node.get("s").asLong(), node.get("ns").asLong()))));
        } catch (JacksonException | IllegalArgumentException | NullPointerException damaged) {
            return Optional.empty();
        }
    }
}
