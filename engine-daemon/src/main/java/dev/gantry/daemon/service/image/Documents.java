package dev.gantry.daemon.service.image;

import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.json.JsonMapper;

/** Reads and writes the JSON documents of images, within bounds, as strangers wrote them. */
final class Documents {

    /** The longest document read into memory, in bytes: what registries accept for a manifest. */
    static final int MAX_BYTES = 4 << 20;

    private static final int MAX_DEPTH = 64;

    // compat: builders differ in the case of keys, and Go, for which they were written, does not mind.
    private static final JsonMapper MAPPER = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(MAX_DEPTH)
                            .maxDocumentLength(MAX_BYTES)
                            .build())
                    .build())
            .enable(MapperFeature.ACCEPT_CASE_INSENSITIVE_PROPERTIES)
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .disable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
            .build();

    private Documents() {}

    static <T> T read(byte[] bytes, Class<T> type) {
        T value = MAPPER.readValue(bytes, type);
        if (value == null) {
            throw new IllegalArgumentException("the document is null");
        }
        return value;
    }

    static byte[] write(Object document) {
        return MAPPER.writeValueAsBytes(document);
    }

    /** What an exception says, without the excerpt of the source that Jackson adds. */
    static String reason(Exception e) {
        if (e instanceof JacksonException json) {
            return json.getOriginalMessage();
        }
        return String.valueOf(e.getMessage());
    }
}
