package dev.gantry.daemon.boot;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Reads the configuration file with the keys of dockerd's daemon.json. */
final class ConfigFile {

    private ConfigFile() {}

    /**
     * Reads a file.
     *
     * @throws ConfigurationException if it cannot be read, is not a JSON object or holds an unknown key
     */
    static Map<Option, List<String>> read(Path file, JsonMapper mapper) {
        try {
            String text = Files.readString(file);
            return text.isBlank() ? Map.of() : values(mapper.readTree(text), file);
        } catch (NoSuchFileException e) {
            throw new ConfigurationException("unable to configure the daemon with file " + file + ": no such file", e);
        } catch (IOException | JacksonException e) {
            throw new ConfigurationException(
                    "unable to configure the daemon with file " + file + ": " + e.getMessage(), e);
        }
    }

    private static Map<Option, List<String>> values(JsonNode root, Path file) {
        if (!root.isObject()) {
            throw new ConfigurationException("unable to configure the daemon with file " + file + ": not an object");
        }
        Map<Option, List<String>> values = new EnumMap<>(Option.class);
        root.properties().forEach(entry -> {
            Option option = Option.ofKey(entry.getKey())
                    .orElseThrow(() -> new ConfigurationException(
                            "the following directives don't match any configuration option: " + entry.getKey()));
            values.put(option, texts(option, entry.getValue()));
        });
        return values;
    }

    private static List<String> texts(Option option, JsonNode node) {
        List<String> texts = new ArrayList<>();
        if (node.isArray() && option.isRepeatable()) {
            node.values().forEach(value -> texts.add(option == Option.ADDRESS_POOL ? pool(value) : value.asString()));
        } else if (node.isObject() && option == Option.RUNTIME) {
            node.properties()
                    .forEach(runtime -> texts.add(runtime.getKey() + "="
                            + runtime.getValue().path("path").asString("")));
        } else if (node.isObject() && option == Option.LOG_OPT) {
            node.properties()
                    .forEach(entry ->
                            texts.add(entry.getKey() + "=" + entry.getValue().asString("")));
        } else if (node.isValueNode() && !option.isRepeatable()) {
            texts.add(node.asString());
        } else {
            throw new ConfigurationException("invalid value for the key " + option.key() + ": " + node);
        }
        return texts;
    }

    private static String pool(JsonNode value) {
        return "base=" + value.path("base").asString("") + ",size="
                + value.path("size").asInt(0);
    }
}
