package dev.gantry.daemon.service.image;

import dev.gantry.daemon.type.EngineException;
import dev.gantry.registry.Descriptor;
import dev.gantry.registry.ImageReference;
import dev.gantry.registry.Manifest;
import dev.gantry.registry.ManifestIndex;
import dev.gantry.registry.MediaType;
import dev.gantry.registry.Platform;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/**
 * Finds the images of an OCI layout. Indexes within the index stand for one image on several platforms, of which this
 * machine's is taken. For one thread.
 */
final class OciLayout {

    static final String INDEX = "index.json";

    private static final int MAX_DEPTH = 4;
    private static final String FULL_NAME = "io.containerd.image.name";
    private static final String REF_NAME = "org.opencontainers.image.ref.name";
    private static final String ATTACHMENT = "vnd.docker.reference.type";

    private final ArchiveFiles files;
    private final List<ArchivedImage> images = new ArrayList<>();

    private OciLayout(ArchiveFiles files) {
        this.files = files;
    }

    /**
     * The images of a layout.
     *
     * @throws IllegalArgumentException where an index or a manifest is damaged
     */
    static List<ArchivedImage> read(ArchiveFiles files) {
        byte[] bytes = files.document(INDEX);
        JsonNode type = Documents.read(bytes, JsonNode.class).path("mediaType");
        ManifestIndex top = ManifestIndex.parse(bytes, type.isString() ? type.stringValue() : MediaType.OCI_INDEX);
        OciLayout layout = new OciLayout(files);
        for (Descriptor entry : runnable(top.manifests())) {
            layout.add(entry, nameOf(entry));
        }
        return layout.images;
    }

    /** Leaves out attachments, and images for other machines where there are some for this one. */
    private static List<Descriptor> runnable(List<Descriptor> entries) {
        List<Descriptor> all = entries.stream()
                .filter(entry -> !entry.annotations().containsKey(ATTACHMENT))
                .toList();
        Platform host = Platform.host();
        boolean any = all.stream()
                .anyMatch(entry -> entry.platform().filter(host::runs).isPresent());
        return any
                ? all.stream()
                        .filter(entry -> entry.platform().map(host::runs).orElse(true))
                        .toList()
                : all;
    }

    private void add(Descriptor entry, Optional<ImageReference> name) {
        List<String> manifests = new ArrayList<>();
        Descriptor current = entry;
        while (MediaType.isIndex(current.mediaType())) {
            if (manifests.size() == MAX_DEPTH) {
                throw EngineException.invalid("The indexes of the archive lie too deep in each other");
            }
            ManifestIndex index = ManifestIndex.parse(blob(current, manifests), current.mediaType());
            current = index.choose(Platform.host())
                    .orElseThrow(() -> EngineException.notFound(
                            "no matching manifest for " + Platform.host() + " in the manifest list entries"));
        }
        if (!MediaType.isManifest(current.mediaType())) {
            throw EngineException.invalid("The archive holds something else than images: " + current.mediaType());
        }
        Manifest manifest = Manifest.parse(blob(current, manifests), current.mediaType());
        images.add(new ArchivedImage(
                ArchiveFiles.path(manifest.config().digest()),
                manifest.layers().stream()
                        .map(layer -> ArchiveFiles.path(layer.digest()))
                        .toList(),
                name.map(List::of).orElse(List.of()),
                manifests));
    }

    private byte[] blob(Descriptor descriptor, List<String> manifests) {
        String path = ArchiveFiles.path(descriptor.digest());
        byte[] bytes = files.document(path);
        if (bytes.length != descriptor.size()) {
            throw EngineException.invalid(
                    "The file " + path + " of the archive has " + bytes.length + " bytes and not " + descriptor.size());
        }
        manifests.add(path);
        return bytes;
    }

    /** A name in full; a tag alone names nothing. */
    private static Optional<ImageReference> nameOf(Descriptor entry) {
        String full = entry.annotations().get(FULL_NAME);
        String name = full == null ? entry.annotations().getOrDefault(REF_NAME, "") : full;
        if (name.isEmpty() || (full == null && name.indexOf(':') < 0 && name.indexOf('/') < 0)) {
            return Optional.empty();
        }
        ImageReference reference = Catalog.parse(name);
        return Optional.of(reference).filter(named -> named.digest().isEmpty()).map(ImageReference::withDefaultTag);
    }
}
