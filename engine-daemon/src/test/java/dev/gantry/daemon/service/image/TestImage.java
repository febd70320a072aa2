package dev.gantry.daemon.service.image;

import dev.gantry.registry.Digest;
import dev.gantry.registry.MediaType;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** An image built in memory: gzip layers, a configuration and a manifest. */
final class TestImage {

    final List<byte[]> layers = new ArrayList<>();
    final List<byte[]> blobs = new ArrayList<>();
    final byte[] config;
    final byte[] manifest;

    /** One layer for each text, which becomes the content of a file named after it. */
    TestImage(String... texts) {
        this(archives(texts), List.of(), List.of());
    }

    private static List<byte[]> archives(String... texts) {
        List<byte[]> archives = new ArrayList<>();
        for (String text : texts) {
            archives.add(new TestArchive().file("file-" + text, text).bytes());
        }
        return archives;
    }

    /**
     * One layer for each archive.
     *
     * @param compressed the archives as they lie in the registry; empty for all by gzip
     * @param types of these
     */
    TestImage(List<byte[]> archives, List<byte[]> compressed, List<String> types) {
        layers.addAll(archives);
        blobs.addAll(
                compressed.isEmpty() ? archives.stream().map(TestArchive::gzip).toList() : compressed);
        ImageConfig says = ConfigChanges.apply(ImageConfig.EMPTY, List.of("CMD [\"sh\"]", "LABEL made=test"));
        config = ConfigDocument.write(
                "amd64",
                "linux",
                "",
                Instant.EPOCH,
                "test",
                says,
                layers.stream().map(Digest::sha256).toList());
        List<String> entries = new ArrayList<>();
        for (int i = 0; i < blobs.size(); i++) {
            entries.add(descriptor(types.isEmpty() ? MediaType.OCI_LAYER_GZIP : types.get(i), blobs.get(i)));
        }
        manifest = ("{\"schemaVersion\":2,\"mediaType\":\"" + MediaType.OCI_MANIFEST + "\",\"config\":"
                        + descriptor(MediaType.OCI_CONFIG, config) + ",\"layers\":[" + String.join(",", entries)
                        + "]}")
                .getBytes(StandardCharsets.UTF_8);
    }

    ImageId id() {
        return new ImageId(Digest.sha256(config));
    }

    Digest digest() {
        return Digest.sha256(manifest);
    }

    static String descriptor(String type, byte[] content) {
        return "{\"mediaType\":\"" + type + "\",\"digest\":\"" + Digest.sha256(content) + "\",\"size\":"
                + content.length + "}";
    }

    /** As docker saves it, the index last. */
    TestArchive dockerArchive(String tagsJson) {
        TestArchive archive = new TestArchive();
        List<String> names = new ArrayList<>();
        for (int i = 0; i < layers.size(); i++) {
            archive.file("l" + i + "/layer.tar", layers.get(i));
            names.add("\"l" + i + "/layer.tar\"");
        }
        archive.file("config.json", config);
        return archive.file(
                "manifest.json",
                "[{\"Config\":\"config.json\",\"RepoTags\":" + tagsJson + ",\"Layers\":[" + String.join(",", names)
                        + "]}]");
    }

    /** As an OCI layout, the index first. */
    TestArchive ociLayout(String annotationsJson) {
        String entry = descriptor(MediaType.OCI_MANIFEST, manifest);
        TestArchive archive = new TestArchive()
                .file("oci-layout", "{\"imageLayoutVersion\":\"1.0.0\"}")
                .file(
                        "index.json",
                        "{\"schemaVersion\":2,\"manifests\":[" + entry.substring(0, entry.length() - 1)
                                + ",\"annotations\":" + annotationsJson + "}]}");
        return addBlobs(archive);
    }

    TestArchive addBlobs(TestArchive archive) {
        blobs.forEach(blob -> archive.file("blobs/sha256/" + Digest.sha256(blob).hex(), blob));
        archive.file("blobs/sha256/" + Digest.sha256(config).hex(), config);
        return archive.file("blobs/sha256/" + digest().hex(), manifest);
    }
}
