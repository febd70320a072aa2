package dev.gantry.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ManifestTests {

    private static final String DIGEST = "sha256:ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
    private static final String CONFIG =
            "{\"mediaType\":\"" + MediaType.OCI_CONFIG + "\",\"digest\":\"" + DIGEST + "\",\"size\":3}";
    private static final String LAYER =
            "{\"mediaType\":\"" + MediaType.OCI_LAYER_GZIP + "\",\"digest\":\"" + DIGEST + "\",\"size\":9000000000}";

    static String image() {
        return "{\"schemaVersion\":2,\"mediaType\":\"" + MediaType.OCI_MANIFEST + "\",\"config\":" + CONFIG
                + ",\"layers\":[" + LAYER + "],\"annotations\":{\"a\":\"b\"}}";
    }

    static String entry(String digest, long size, String mediaType, String platform) {
        return "{\"mediaType\":\"" + mediaType + "\",\"digest\":\"" + digest + "\",\"size\":" + size + platform + "}";
    }

    static String platform(String os, String architecture, String variant) {
        return ",\"platform\":{\"os\":\"" + os + "\",\"architecture\":\"" + architecture + "\",\"variant\":\"" + variant
                + "\"}";
    }

    static String index(String... entries) {
        return "{\"schemaVersion\":2,\"mediaType\":\"" + MediaType.OCI_INDEX + "\",\"manifests\":["
                + String.join(",", entries) + "]}";
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static String digest(int number) {
        return "sha256:" + String.format("%064x", number);
    }

    @Test
    void readsImages() {
        Manifest manifest = Manifest.parse(bytes(image()), MediaType.OCI_MANIFEST);
        assertThat(manifest.config().size()).isEqualTo(3);
        assertThat(manifest.layers()).singleElement().satisfies(layer -> {
            assertThat(layer.size()).isEqualTo(9_000_000_000L);
            assertThat(layer.mediaType()).isEqualTo(MediaType.OCI_LAYER_GZIP);
        });
        assertThat(manifest.annotations()).containsEntry("a", "b");
    }

    @Test
    void choosesTheBestEntry() {
        ManifestIndex index = ManifestIndex.parse(
                bytes(index(
                        entry(digest(1), 1, MediaType.OCI_MANIFEST, platform("unknown", "unknown", "")),
                        entry(digest(2), 1, MediaType.OCI_MANIFEST, platform("linux", "386", "")),
                        entry(digest(3), 1, MediaType.OCI_MANIFEST, platform("linux", "arm", "v6")),
                        entry(digest(4), 1, MediaType.OCI_MANIFEST, platform("linux", "amd64", "")),
                        entry(digest(5), 1, MediaType.OCI_MANIFEST, platform("linux", "arm64", "v8")),
                        entry(digest(6), 1, MediaType.OCI_MANIFEST, platform("linux", "arm", "v7")),
                        entry(digest(7), 1, "application/other", platform("linux", "s390x", "")))),
                MediaType.OCI_INDEX);
        assertThat(chosen(index, "linux/amd64")).isEqualTo(digest(4));
        assertThat(chosen(index, "linux/386")).isEqualTo(digest(2));
        assertThat(chosen(index, "linux/arm64")).isEqualTo(digest(5));
        assertThat(chosen(index, "linux/arm/v7")).isEqualTo(digest(6));
        assertThat(chosen(index, "linux/arm/v6")).isEqualTo(digest(3));
        assertThat(index.choose(Platform.parse("linux/s390x"))).isEmpty();
    }

    private static String chosen(ManifestIndex index, String platform) {
        return index.choose(Platform.parse(platform)).orElseThrow().digest().toString();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "[]",
                "{",
                "null",
                "{\"schemaVersion\":2}",
                "{\"schemaVersion\":1}",
                "{\"schemaVersion\":2,\"config\":{}}",
                "{\"schemaVersion\":2,\"config\":[]}",
                "{\"schemaVersion\":2,\"config\":{\"mediaType\":\"x\",\"digest\":\"sha256:../x\",\"size\":1}}",
                "{\"schemaVersion\":2,\"config\":{\"mediaType\":\"x\",\"digest\":\"" + DIGEST + "\",\"size\":-1}}",
                "{\"schemaVersion\":2,\"config\":{\"mediaType\":\"x\",\"digest\":\"" + DIGEST + "\",\"size\":1.5}}",
                "{\"schemaVersion\":2,\"config\":{\"mediaType\":\"x\",\"digest\":\"" + DIGEST + "\",\"size\":1e99}}",
                "{\"a\":1,\"a\":2}",
                "{} {}"
            })
    void refusesDamagedImages(String json) {
        assertThatIllegalArgumentException().isThrownBy(() -> Manifest.parse(bytes(json), MediaType.OCI_MANIFEST));
    }

    @Test
    void refusesDepth() {
        String deep = "{\"config\":" + "[".repeat(1000) + "]".repeat(1000) + "}";
        assertThatIllegalArgumentException().isThrownBy(() -> Manifest.parse(bytes(deep), MediaType.OCI_MANIFEST));
    }

    /** CVE-2026-95839: a malformed subject must not be more than an error. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"x\"",
                "[]",
                "{}",
                "{\"digest\":\"x\"}",
                "{\"mediaType\":\"x\",\"digest\":\"sha256\",\"size\":1}",
                "7"
            })
    void refusesMalformedSubjects(String subject) {
        String json = image().replaceFirst("\\{", "{\"subject\":" + subject + ",");
        assertThatIllegalArgumentException().isThrownBy(() -> Manifest.parse(bytes(json), MediaType.OCI_MANIFEST));
    }

    @Test
    void refusesIndexesTooWide() {
        String[] entries = new String[5000];
        for (int i = 0; i < entries.length; i++) {
            entries[i] = entry(digest(i), 1, MediaType.OCI_MANIFEST, "");
        }
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ManifestIndex.parse(bytes(index(entries)), MediaType.OCI_INDEX))
                .withMessageContaining("5000 manifests");
    }

    @Test
    void damagedBytesGiveNothingButTheOneException() {
        Random random = new Random(11);
        byte[] good = bytes(image());
        for (int round = 0; round < 20_000; round++) {
            byte[] bad = good.clone();
            for (int i = 0; i <= random.nextInt(4); i++) {
                bad[random.nextInt(bad.length)] = (byte) random.nextInt(256);
            }
            try {
                assertThat(Manifest.parse(bad, MediaType.OCI_MANIFEST).layers()).hasSizeLessThan(2);
            } catch (IllegalArgumentException e) {
                assertThat(e).isNotNull();
            }
        }
    }
}
