package dev.gantry.daemon.store.layer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gantry.daemon.store.RootOnly;
import dev.gantry.daemon.type.EngineException;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Layers that cost more than they look (CVE-2025-58183 and its kin). */
@ExtendWith(RootOnly.class)
class LayerBombTests {

    private static void isRefused(UnpackLimits limits, InputStream archive, String reason) {
        try (TestLayers layers = new TestLayers(limits)) {
            assertThatThrownBy(() -> layers.add(archive))
                    .isInstanceOfSatisfying(
                            EngineException.class, e -> assertThat(e.kind()).isEqualTo(EngineException.Kind.INVALID))
                    .hasMessageContaining(reason);
            assertThat(layers.work.path("layers/unpacking")).isEmptyDirectory();
        }
    }

    private static InputStream open(TestArchive archive) {
        return archive.open();
    }

    @Test
    void aMapOfASparseFileWithTooManyPiecesIsRefused() {
        isRefused(
                UnpackLimits.DEFAULT,
                open(new TestArchive()
                        .pax("GNU.sparse.major", "1", "GNU.sparse.minor", "0", "GNU.sparse.realsize", "1")
                        .file("s", "99999999\n")),
                "pieces");
    }

    @Test
    void aMapOfASparseFileThatDoesNotFitIsRefused() {
        isRefused(
                UnpackLimits.DEFAULT,
                open(new TestArchive()
                        .pax("GNU.sparse.map", "0,512,1024,512", "GNU.sparse.size", "1536")
                        .file("s", "short")),
                "does not fit");
        isRefused(
                UnpackLimits.DEFAULT,
                open(new TestArchive()
                        .pax("GNU.sparse.map", "512,5,0,5", "GNU.sparse.size", "1536")
                        .file("s", "0123456789")),
                "out of order");
    }

    @Test
    void aHugeSparseFileTakesNoSpace() {
        try (TestLayers layers = new TestLayers()) {
            Path files = layers.add(new TestArchive()
                    .pax("GNU.sparse.map", "1099511627776,4", "GNU.sparse.size", "1099511627780")
                    .file("s", "tail"));
            assertThat(files.resolve("s").toFile().length()).isEqualTo((1L << 40) + 4);
            assertThat(dev.gantry.daemon.linux.file.FileTree.size(files)).isLessThan(1 << 20);
        }
    }

    @Test
    void aHugeHeaderExtensionIsRefused() {
        isRefused(UnpackLimits.DEFAULT, open(new TestArchive().header('x', "pax", "", 0, 1L << 32)), "extension");
        isRefused(UnpackLimits.DEFAULT, open(new TestArchive().header('L', "name", "", 0, 1L << 32)), "extension");
    }

    @Test
    void tooManyEntriesAreRefused() {
        TestArchive archive = new TestArchive();
        for (int i = 0; i < 101; i++) {
            archive.file("f" + i, "");
        }
        isRefused(new UnpackLimits(1 << 20, 100, 400), open(archive), "100 entries");
    }

    @Test
    void anArchiveLargerThanAllowedIsRefused() throws IOException {
        isRefused(new UnpackLimits(1 << 20, 100, 400), new ByteArrayInputStream(zeros(4)), "1048576 bytes");
    }

    @Test
    void anArchiveThatExpandsTooMuchIsRefused() throws IOException {
        isRefused(new UnpackLimits(1L << 40, 100, 400), new ByteArrayInputStream(zeros(1500)), "400 times");
    }

    /** A compressed archive with a file of zeros, or rather its beginning. */
    private static byte[] zeros(int megabytes) throws IOException {
        ByteArrayOutputStream compressed = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(compressed)) {
            byte[] header =
                    new TestArchive().header('0', "zeros", "", 0644, 1L << 32).toBytes();
            gzip.write(header, 0, 512);
            byte[] block = new byte[1 << 20];
            for (int i = 0; i < megabytes; i++) {
                gzip.write(block);
            }
        }
        return compressed.toByteArray();
    }

    @Test
    void compressionInsideOfCompressionIsNoArchive() throws IOException {
        ByteArrayOutputStream twice = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(twice)) {
            gzip.write(zeros(1));
        }
        isRefused(UnpackLimits.DEFAULT, new ByteArrayInputStream(twice.toByteArray()), "damaged");
    }
}
