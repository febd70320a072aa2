package dev.gantry.registry;

import java.util.Optional;
import tools.jackson.databind.JsonNode;

/**
 * Decides what a document is. One that could be read as two things is refused, whatever its header says
 * (CVE-2021-41190).
 */
final class ManifestForm {

    private static final int SCHEMA = 2;

    private ManifestForm() {}

    /** Reads the document and makes sure that it is of the given type and of no other. */
    static JsonNode check(byte[] content, String mediaType) {
        JsonNode root = Json.object(content);
        checkSchema(root);
        Json.text(root, "mediaType").filter(named -> !named.equals(mediaType)).ifPresent(named -> {
            throw new IllegalArgumentException("it was announced as " + mediaType + " but calls itself " + named);
        });
        boolean index = Json.has(root, "manifests");
        boolean image = Json.has(root, "layers") || Json.has(root, "config") || Json.has(root, "fsLayers");
        if (index && image) {
            throw new IllegalArgumentException("it is ambiguous: it has both manifests and layers");
        }
        if ((MediaType.isIndex(mediaType) && image) || (MediaType.isManifest(mediaType) && index)) {
            throw new IllegalArgumentException("its content does not fit its type " + mediaType);
        }
        return root;
    }

    /** Finds the type of a document: what it calls itself, else what its keys tell. */
    static String typeOf(byte[] content) {
        JsonNode root = Json.object(content);
        checkSchema(root);
        Optional<String> named = Json.text(root, "mediaType");
        if (named.isPresent()) {
            return named.get();
        }
        return Json.has(root, "manifests") ? MediaType.OCI_INDEX : MediaType.OCI_MANIFEST;
    }

    private static void checkSchema(JsonNode root) {
        if (Json.has(root, "schemaVersion") && Json.wholeNumber(root, "schemaVersion") != SCHEMA) {
            throw new IllegalArgumentException("its schema version is not 2; images of schema 1 must be pushed anew");
        }
    }
}
