package dev.gantry.registry;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Reads JSON that a stranger wrote: bounded depth, no key twice (two readers could take different ones,
 * CVE-2021-41190), and {@link IllegalArgumentException} for whatever is not as it should be.
 */
final class Json {

    private static final int MAX_DEPTH = 64;
    private static final JsonMapper MAPPER = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(MAX_DEPTH)
                            .build())
                    .build())
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build();

    private Json() {}

    static JsonNode object(byte[] content) {
        JsonNode node;
        try {
            node = MAPPER.readTree(content);
        } catch (JacksonException e) {
            throw new IllegalArgumentException("it is not valid JSON: " + e.getOriginalMessage(), e);
        }
        if (!node.isObject()) {
            throw new IllegalArgumentException("it is not a JSON object");
        }
        return node;
    }

    static Optional<String> text(JsonNode object, String key) {
        JsonNode value = object.path(key);
        if (value.isMissingNode() || value.isNull()) {
            return Optional.empty();
        }
        if (!value.isString()) {
            throw new IllegalArgumentException(key + " is not a string");
        }
        return Optional.of(value.stringValue());
    }

    static String required(JsonNode object, String key) {
        return text(object, key).orElseThrow(() -> new IllegalArgumentException(key + " is missing"));
    }

    static long wholeNumber(JsonNode object, String key) {
        JsonNode value = object.path(key);
        if (!value.isIntegralNumber() || !value.canConvertToLong()) {
            throw new IllegalArgumentException(key + " is not a whole number");
        }
        return value.longValue();
    }

    static boolean has(JsonNode object, String key) {
        JsonNode value = object.path(key);
        return !value.isMissingNode() && !value.isNull();
    }

    static <T> List<T> list(JsonNode object, String key, Function<JsonNode, T> reader) {
        if (!has(object, key)) {
            return List.of();
        }
        JsonNode array = object.path(key);
        if (!array.isArray()) {
            throw new IllegalArgumentException(key + " is not an array");
        }
        List<T> values = new ArrayList<>(array.size());
        for (JsonNode element : array) {
            values.add(reader.apply(element));
        }
        return values;
    }

    static List<String> texts(JsonNode object, String key) {
        return list(object, key, element -> {
            if (!element.isString()) {
                throw new IllegalArgumentException(key + " holds what is not a string");
            }
            return element.stringValue();
        });
    }

    static Map<String, String> textMap(JsonNode object, String key) {
        if (!has(object, key)) {
            return Map.of();
        }
        JsonNode map = object.path(key);
        if (!map.isObject()) {
            throw new IllegalArgumentException(key + " is not an object");
        }
        Map<String, String> values = new LinkedHashMap<>();
        for (Map.Entry<String, JsonNode> entry : map.properties()) {
            values.put(entry.getKey(), required(map, entry.getKey()));
        }
        return values;
    }

    static Descriptor descriptor(JsonNode node) {
        if (!node.isObject()) {
            throw new IllegalArgumentException("a descriptor is not an object");
        }
        Optional<Platform> platform =
                has(node, "platform") ? Optional.of(platform(node.path("platform"))) : Optional.empty();
        return new Descriptor(
                required(node, "mediaType"),
                Digest.parse(required(node, "digest")),
                wholeNumber(node, "size"),
                platform,
                texts(node, "urls"),
                textMap(node, "annotations"));
    }

    private static Platform platform(JsonNode node) {
        if (!node.isObject()) {
            throw new IllegalArgumentException("a platform is not an object");
        }
        return new Platform(
                text(node, "os").orElse(""),
                text(node, "architecture").orElse(""),
                text(node, "variant"),
                text(node, "os.version"));
    }
}
