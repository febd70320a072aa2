package dev.gantry.daemon.store.layer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gantry.daemon.linux.file.FileCalls;
import dev.gantry.daemon.linux.file.FileStatus;
import dev.gantry.daemon.linux.file.PathBytes;
import dev.gantry.daemon.store.RootOnly;
import dev.gantry.daemon.store.TreeListing;
import dev.gantry.daemon.type.EngineException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Layers that try to reach out of themselves (as in containerd's GO-2022-0921). */
@ExtendWith(RootOnly.class)
class LayerTraversalTests {

    private final TestLayers layers = new TestLayers();
    private Path canaries = layers.work.path("canaries");
    private Map<String, String> before = Map.of();

    @BeforeEach
    void makeCanaries() throws IOException {
        Files.createDirectories(canaries.resolve("directory"));
        Files.writeString(canaries.resolve("file"), "untouched");
        before = TreeListing.of(canaries);
    }

    @AfterEach
    void canariesAreUntouched() {
        assertThat(TreeListing.of(canaries)).isEqualTo(before);
        layers.close();
    }

    private void isRefused(TestArchive archive) {
        assertThatThrownBy(() -> layers.add(archive))
                .isInstanceOfSatisfying(
                        EngineException.class, e -> assertThat(e.kind()).isEqualTo(EngineException.Kind.INVALID));
        assertThat(layers.store.list()).isEmpty();
        assertThat(layers.work.path("layers/unpacking")).isEmptyDirectory();
    }

    @ParameterizedTest
    @ValueSource(strings = {"../canaries/file", "a/../../../canaries/file", "/../file", "../../etc/passwd", ".."})
    void aNameThatLeavesTheLayerIsRefused(String name) {
        isRefused(new TestArchive().file(name, "evil"));
    }

    @Test
    void anAbsoluteNameStaysInside() {
        Path files = layers.add(new TestArchive().file(canaries + "/file", "inside"));
        assertThat(files.resolve(canaries.toString().substring(1)).resolve("file"))
                .hasContent("inside");
    }

    @Test
    void aFileThroughAnAbsoluteLinkStaysInside() {
        isRefused(new TestArchive().symbolicLink("out", canaries.toString()).file("out/file", "evil"));
    }

    @Test
    void aFileThroughARelativeLinkStaysInside() {
        isRefused(new TestArchive()
                .symbolicLink("out", "../../../canaries/directory")
                .file("out/file", "evil"));
    }

    @Test
    void aFileThroughALinkToADirectoryOfTheLayerFollowsIt() {
        Path files = layers.add(new TestArchive()
                .directory("usr/lib", 0755)
                .symbolicLink("lib", "/usr/lib")
                .file("lib/x", "x"));
        assertThat(files.resolve("usr/lib/x")).hasContent("x");
    }

    @Test
    void aFileReplacesALinkOfItsName() {
        Path files = layers.add(
                new TestArchive().symbolicLink("file", canaries + "/file").file("file", "own"));
        assertThat(files.resolve("file")).isRegularFile().hasContent("own");
    }

    @ParameterizedTest
    @ValueSource(strings = {"../../../canaries/file", "/canaries/file", "missing", "."})
    void aHardLinkToWhatIsNotInTheLayerIsRefused(String target) {
        isRefused(new TestArchive().hardLink("link", target));
    }

    @Test
    void aHardLinkThroughALinkIsRefused() {
        isRefused(new TestArchive().symbolicLink("out", canaries.toString()).hardLink("link", "out/file"));
    }

    @Test
    void aHardLinkToALinkLinksTheLinkItself() {
        Path files = layers.add(
                new TestArchive().symbolicLink("out", canaries + "/file").hardLink("link", "out"));
        assertThat(files.resolve("link")).isSymbolicLink();
    }

    @Test
    void aWhiteoutThroughALinkStaysInside() {
        isRefused(new TestArchive().symbolicLink("out", canaries.toString()).file("out/.wh.file", ""));
    }

    @Test
    void anOpaqueMarkThroughALinkStaysInside() {
        isRefused(new TestArchive().symbolicLink("out", canaries + "/directory").file("out/.wh..wh..opq", ""));
    }

    @ParameterizedTest
    @ValueSource(strings = {".wh.", ".wh..", ".wh...", "a/.wh..."})
    void aWhiteoutOfNoNameIsRefused(String name) {
        isRefused(new TestArchive().file(name, ""));
    }

    @Test
    void aDeviceThroughALinkStaysInside() {
        isRefused(new TestArchive().symbolicLink("out", canaries + "/directory").entry('3', "out/null", "", 0666, ""));
    }

    @Test
    void attributesOfTheOverlayAreLeftOut() {
        Path files = layers.add(new TestArchive()
                .pax("SCHILY.xattr.trusted.overlay.redirect", "/etc", "SCHILY.xattr.user.ok", "yes")
                .directory("dir", 0755));
        assertThat(TreeListing.of(files).get("./dir")).doesNotContain("trusted").contains("user.ok=796573");
    }

    @Test
    void setuidAndOwnersAreKept() {
        Path files =
                layers.add(new TestArchive().pax("uid", "1000", "gid", "1001").entry('0', "su", "", 04755, "#!"));
        FileStatus status = FileCalls.status(FileCalls.AT_FDCWD, PathBytes.of(files.resolve("su")))
                .orElseThrow();
        assertThat(status.permissions()).isEqualTo(04755);
        assertThat(status.user()).isEqualTo(1000);
        assertThat(status.group()).isEqualTo(1001);
    }

    @Test
    void anOwnerBeyondTheKernelsNumbersIsRefused() {
        isRefused(new TestArchive().pax("uid", "4294967295").file("x", ""));
        isRefused(new TestArchive().pax("uid", "-1").file("x", ""));
    }

    @Test
    void theLastOfSeveralEntriesOfANameWins() {
        Path files = layers.add(new TestArchive()
                .file("a", "first")
                .directory("b", 0755)
                .file("b/below", "x")
                .symbolicLink("c", "a")
                .file("a", "second")
                .file("b", "now a file")
                .directory("c", 0700)
                .file("c/in", "y"));
        assertThat(files.resolve("a")).hasContent("second");
        assertThat(files.resolve("b")).hasContent("now a file");
        assertThat(Files.isDirectory(files.resolve("c"), LinkOption.NOFOLLOW_LINKS))
                .isTrue();
        assertThat(files.resolve("c/in")).hasContent("y");
    }

    @Test
    void aDirectoryExchangedForALinkLeadsNoFileOut() {
        isRefused(new TestArchive()
                .directory("d", 0755)
                .file("d/one", "1")
                .symbolicLink("d", canaries + "/directory")
                .file("d/two", "2"));
    }

    @Test
    void aPathWithANulByteIsRefused() {
        isRefused(new TestArchive().pax("path", "a\0b").file("x", ""));
    }

    @Test
    void aDamagedHeaderIsRefused() {
        byte[] bytes = new TestArchive().file("a", "b").toBytes();
        bytes[3] = 'x';
        assertThatThrownBy(() -> layers.add(new java.io.ByteArrayInputStream(bytes)))
                .hasMessageContaining("checksum");
    }

    @Test
    void anArchiveThatEndsInTheMiddleIsRefused() {
        isRefused(new TestArchive().header('0', "a", "", 0644, 1_000_000));
    }
}
