package dev.gantry.daemon.store.layer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gantry.daemon.linux.mount.Mounts;
import dev.gantry.daemon.store.RootOnly;
import dev.gantry.daemon.store.TreeListing;
import dev.gantry.daemon.type.EngineException;
import dev.gantry.registry.Digest;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(RootOnly.class)
class LayerStoreIntegrationTests {

    private static final String WHITEOUT = "20000 owner=0:0";

    private final TestLayers layers = new TestLayers();

    @AfterEach
    void clean() {
        layers.close();
    }

    @Test
    void whiteoutsBecomeDevicesAndOpaqueMarksAttributes() {
        Path files = layers.add(new TestArchive()
                .file("dir/.wh.gone", "")
                .directory("opaque", 0755)
                .file("opaque/.wh..wh..opq", "")
                .file("opaque/new", "n")
                .file(".wh..wh.plnk", ""));
        var tree = TreeListing.of(files);
        assertThat(tree.get("./dir/gone")).startsWith(WHITEOUT).contains("device=0:0");
        assertThat(tree.get("./opaque")).contains("trusted.overlay.opaque=79");
        assertThat(tree).containsOnlyKeys(".", "./dir", "./dir/gone", "./opaque", "./opaque/new");
    }

    @Test
    void aWhiteoutLeavesWhatTheLayerItselfHolds() {
        Path files = layers.add(new TestArchive()
                .file("kept", "k")
                .file(".wh.kept", "")
                .directory("dir", 0755)
                .file(".wh.dir", "")
                .file(".wh.later", "")
                .directory("later", 0755));
        var tree = TreeListing.of(files);
        assertThat(files.resolve("kept")).hasContent("k");
        assertThat(tree.get("./dir")).contains("trusted.overlay.opaque");
        assertThat(tree.get("./later")).startsWith("40755").contains("trusted.overlay.opaque");
    }

    @Test
    void directoriesTakenForGrantedLookAsInTheLayersBelow() {
        Digest base = add(new TestArchive()
                .pax("uid", "5", "mtime", "1234567890.123456789")
                .directory("tmp", 01777));
        Digest unrelated = add(new TestArchive().file("x", ""));
        Path files = layers.add(new TestArchive().file("tmp/made/file", "f"), base, unrelated);
        assertThat(TreeListing.of(files).get("./tmp"))
                .startsWith("41777 owner=5:0")
                .contains("seconds=1234567890, nanos=123456789");
        assertThat(TreeListing.of(files).get("./tmp/made")).startsWith("40755 owner=0:0");
    }

    private Digest add(TestArchive archive) {
        layers.add(archive);
        return Digest.sha256(archive.toBytes());
    }

    @Test
    void theHashCoversBytesBehindTheEndOfTheArchive() {
        byte[] archive = new TestArchive().file("a", "b").toBytes();
        byte[] longer = java.util.Arrays.copyOf(archive, archive.length + 7777);
        longer[longer.length - 1] = 7;
        try (LayerUnpack unpack = layers.store.begin()) {
            assertThat(unpack.unpack(new ByteArrayInputStream(longer))).isEqualTo(Digest.sha256(longer));
        }
    }

    @Test
    void gzipOfSeveralMembersAndOfBothInflatersIsRead() throws IOException {
        byte[] content = new byte[3_000_000];
        new Random(1).nextBytes(content);
        java.util.Arrays.fill(content, 500_000, 2_000_000, (byte) 'z');
        byte[] archive = new TestArchive()
                .file("big", new String(content, java.nio.charset.StandardCharsets.ISO_8859_1))
                .toBytes();
        ByteArrayOutputStream members = new ByteArrayOutputStream();
        for (int start = 0; start < archive.length; start += 700_001) {
            try (GZIPOutputStream gzip = new GZIPOutputStream(members)) {
                gzip.write(archive, start, Math.min(700_001, archive.length - start));
            }
        }
        try (LayerUnpack unpack = layers.store.begin()) {
            assertThat(unpack.unpack(new ByteArrayInputStream(members.toByteArray())))
                    .isEqualTo(Digest.sha256(archive));
        }
        assertThat(inflate(new PlatformGzip(new ByteArrayInputStream(members.toByteArray()))))
                .isEqualTo(archive);
    }

    private static byte[] inflate(Decompressor decompressor) throws IOException {
        var buffer = java.nio.ByteBuffer.allocateDirect(10_000);
        ByteArrayOutputStream result = new ByteArrayOutputStream();
        try (decompressor) {
            while (decompressor.read(buffer) > 0) {
                byte[] piece = new byte[buffer.flip().remaining()];
                buffer.get(piece).clear();
                result.writeBytes(piece);
            }
        }
        return result.toByteArray();
    }

    @Test
    void gzipThatIsDamagedOrCutIsRefused() throws IOException {
        ByteArrayOutputStream compressed = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(compressed)) {
            gzip.write(new TestArchive().file("a", "content").toBytes());
        }
        byte[] good = compressed.toByteArray();
        for (int cut : new int[] {5, 12, good.length - 9, good.length - 1}) {
            assertThatThrownBy(() -> layers.add(new ByteArrayInputStream(good, 0, cut)))
                    .hasMessageContaining("damaged");
        }
        byte[] wrongSum = good.clone();
        wrongSum[good.length - 6] ^= 1;
        assertThatThrownBy(() -> layers.add(new ByteArrayInputStream(wrongSum))).hasMessageContaining("damaged");
        assertThat(layers.store.list()).isEmpty();
    }

    @Test
    void publishChecksTheHash() {
        try (LayerUnpack unpack = layers.store.begin()) {
            unpack.unpack(new TestArchive().file("a", "b").open());
            assertThatThrownBy(() -> unpack.publish(Digest.sha256(new byte[0]), List.of()))
                    .hasMessageContaining("instead of");
        }
        assertThat(layers.work.path("layers/unpacking")).isEmptyDirectory();
    }

    @Test
    void aLayerPublishedTwiceIsThereOnce() {
        TestArchive archive = new TestArchive().file("a", "b");
        layers.add(archive);
        layers.add(archive);
        assertThat(layers.store.list()).hasSize(1);
        assertThat(layers.store.shortPath(Digest.sha256(archive.toBytes())).resolve("a"))
                .hasContent("b");
    }

    @Test
    void removedLayersAreGoneAndTheOthersSurviveAReopening() {
        Digest first = add(new TestArchive().file("a", "1"));
        Digest second = add(new TestArchive().file("a", "2"));
        assertThat(layers.store.remove(first)).isTrue();
        assertThat(layers.store.remove(first)).isFalse();

        LayerStore reopened = TestLayers.open(layers.work.path("layers"), UnpackLimits.DEFAULT);

        assertThat(reopened.list()).extracting(Layer::diffId).containsExactly(second);
        assertThat(reopened.shortPath(second).resolve("a")).hasContent("2");
        assertThat(layers.work.path("layers/removed")).isEmptyDirectory();
        assertThatThrownBy(() -> reopened.size(first)).hasMessageContaining("No such layer");
    }

    @Test
    void whatACrashLeftIsSweptAtTheNextStart() throws IOException {
        LayerUnpack unfinished = layers.store.begin();
        unfinished.unpack(new TestArchive().file("a", "1").open());
        Path withoutRecord = layers.work.path("layers/layers/" + "0".repeat(64));
        Files.createDirectories(withoutRecord.resolve("files/x"));
        Digest damaged = add(new TestArchive().file("b", "2"));
        Files.writeString(layers.work.path("layers/records/" + damaged.hex() + ".json"), "{\"diff");

        LayerStore reopened = TestLayers.open(layers.work.path("layers"), UnpackLimits.DEFAULT);

        assertThat(layers.work.path("layers/unpacking")).isEmptyDirectory();
        assertThat(layers.work.path("layers/removed")).isEmptyDirectory();
        assertThat(layers.work.path("layers/layers")).isEmptyDirectory();
        assertThat(layers.work.path("layers/l")).isEmptyDirectory();
        assertThat(reopened.list()).isEmpty();
        assertThat(reopened.damaged()).hasSize(1);
    }

    @Test
    void aFullDiskIsSaidClearlyAndNothingIsLeft() throws IOException {
        Path small = Files.createDirectory(layers.work.path("small"));
        Mounts.mount("tmpfs", small, "tmpfs", 0, "size=2m");
        LayerStore store = TestLayers.open(small.resolve("layers"), UnpackLimits.DEFAULT);
        try (InputStream archive =
                        new TestArchive().file("big", "x".repeat(4 << 20)).open();
                LayerUnpack unpack = store.begin()) {
            assertThatThrownBy(() -> unpack.unpack(archive))
                    .isInstanceOf(EngineException.class)
                    .hasMessageContaining("No space left on device");
        }
        assertThat(small.resolve("layers/unpacking")).isEmptyDirectory();
    }
}
