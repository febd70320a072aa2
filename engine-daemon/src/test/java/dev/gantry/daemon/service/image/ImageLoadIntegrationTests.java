package dev.gantry.daemon.service.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gantry.daemon.type.EngineException;
import dev.gantry.registry.Digest;
import dev.gantry.registry.ImageReference;
import dev.gantry.registry.MediaType;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@ExtendWith(RootOnly.class)
@Timeout(60)
class ImageLoadIntegrationTests {

    @TempDir
    Path directory;

    private TestEngine engine;
    private final TestImage image = new TestImage("one", "two");

    @BeforeEach
    void start() {
        engine = new TestEngine(directory);
    }

    @AfterEach
    void stop() {
        engine.close();
    }

    @Test
    void loadsWhatDockerSaves() throws Exception {
        List<ImageProgress> events =
                load(image.dockerArchive("[\"app:1\",\"app:2\"]").bytes());

        assertThat(events)
                .containsSubsequence(new ImageProgress.LoadedName("app:1"), new ImageProgress.LoadedName("app:2"));
        assertIsThere("app:1");
        assertIsThere("app:2");
    }

    @Test
    void anImageWithoutTagsIsToldByItsId() throws Exception {
        assertThat(load(TestArchive.gzip(image.dockerArchive("null").bytes())))
                .endsWith(new ImageProgress.LoadedId(image.id()));
        assertIsThere(image.id().toString());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"org.opencontainers.image.ref.name\":\"team/app:1\"}",
                "{\"io.containerd.image.name\":\"docker.io/team/app:1\",\"org.opencontainers.image.ref.name\":\"1\"}"
            })
    void loadsAnOciLayout(String annotations) throws Exception {
        assertThat(load(image.ociLayout(annotations).bytes())).endsWith(new ImageProgress.LoadedName("team/app:1"));
        assertIsThere("team/app:1");
    }

    @Test
    void aTagAloneIsNoName() throws Exception {
        assertThat(load(image.ociLayout("{\"org.opencontainers.image.ref.name\":\"latest\"}")
                        .bytes()))
                .endsWith(new ImageProgress.LoadedId(image.id()));
    }

    @Test
    void loadsAnIndexWithinTheIndex() throws Exception {
        byte[] inner = ("{\"schemaVersion\":2,\"mediaType\":\"" + MediaType.OCI_INDEX + "\",\"manifests\":["
                        + TestImage.descriptor(MediaType.OCI_MANIFEST, image.manifest) + "]}")
                .getBytes(StandardCharsets.UTF_8);
        String entry = TestImage.descriptor(MediaType.OCI_INDEX, inner);
        TestArchive archive = image.addBlobs(new TestArchive())
                .file("blobs/sha256/" + Digest.sha256(inner).hex(), inner)
                .file(
                        "index.json",
                        "{\"schemaVersion\":2,\"manifests\":[" + entry.substring(0, entry.length() - 1)
                                + ",\"annotations\":{\"io.containerd.image.name\":\"docker.io/library/x:1\"}}]}");

        assertThat(load(archive.bytes())).endsWith(new ImageProgress.LoadedName("x:1"));
        assertIsThere("x:1");
    }

    @Test
    void layersMayBeLinks() throws Exception {
        TestImage twice = new TestImage("same");
        TestArchive archive = new TestArchive()
                .symbolicLink("b/layer.tar", "../a/layer.tar")
                .file("a/layer.tar", twice.layers.get(0))
                .file("c.json", twice.config)
                .file("manifest.json", "[{\"Config\":\"c.json\",\"RepoTags\":[\"x:1\"],\"Layers\":[\"b/layer.tar\"]}]");

        load(archive.bytes());

        assertThat(engine.images.find("x:1").id()).isEqualTo(twice.id());
    }

    @Test
    void aLayerThatIsNotWhatTheImagePromisesLeavesNothing() throws Exception {
        TestArchive archive = new TestArchive()
                .file("a", image.layers.get(1))
                .file("b", image.layers.get(0))
                .file("c.json", image.config)
                .file("manifest.json", "[{\"Config\":\"c.json\",\"RepoTags\":[],\"Layers\":[\"a\",\"b\"]}]");

        assertRefused(archive.bytes(), "which its image promises");
    }

    @Test
    void aBlobThatIsNotWhatItsNameSaysLeavesNothing() throws Exception {
        TestArchive archive = image.ociLayout("{}").file("blobs/sha256/" + "0".repeat(64), "wrong");

        assertRefused(archive.bytes(), "of the archive hashes to");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[{\"Config\":\"../../etc/passwd\",\"Layers\":[]}]",
                "[{\"Config\":\"c.json\",\"Layers\":[\"../../../etc/passwd\"]}]",
                "[{\"Config\":\"c.json\",\"Layers\":[\"missing\",\"l0/layer.tar\"]}]",
                "[{\"Config\":\"c.json\",\"Layers\":[]}]",
                "[{\"Config\":\"c.json\",\"RepoTags\":[\"BAD:1\"],\"Layers\":[\"l0/layer.tar\",\"l1/layer.tar\"]}]",
                "[null]",
                "[]",
                "{}",
                "[{}]",
                "not json"
            })
    void aHostileIndexLeavesNothing(String manifest) throws Exception {
        TestArchive archive = new TestArchive()
                .file("l0/layer.tar", image.layers.get(0))
                .file("l1/layer.tar", image.layers.get(1))
                .file("c.json", image.config)
                .file("manifest.json", manifest);

        assertRefused(archive.bytes(), "");
    }

    @Test
    void pathsAndLinksOutOfTheArchiveLeaveNothing() throws Exception {
        assertRefused(new TestArchive().file("../../x", "y").bytes(), "outside of itself");
        assertRefused(new TestArchive().symbolicLink("a/b", "../../../x").bytes(), "outside of itself");
    }

    /** An index that leads to itself, or deeper than anyone needs (GO-2026-6597). */
    @Test
    void indexesWithoutEndLeaveNothing() throws Exception {
        TestArchive archive = new TestArchive();
        byte[] next = ("{\"schemaVersion\":2,\"mediaType\":\"" + MediaType.OCI_INDEX + "\",\"manifests\":[]}")
                .getBytes(StandardCharsets.UTF_8);
        for (int i = 0; i < 8; i++) {
            archive.file("blobs/sha256/" + Digest.sha256(next).hex(), next);
            next = ("{\"schemaVersion\":2,\"mediaType\":\"" + MediaType.OCI_INDEX + "\",\"manifests\":["
                            + TestImage.descriptor(MediaType.OCI_INDEX, next) + "]}")
                    .getBytes(StandardCharsets.UTF_8);
        }
        archive.file("index.json", next);

        assertRefused(archive.bytes(), "too deep");
    }

    @Test
    void damagedArchivesLeaveNothing() throws Exception {
        byte[] whole = image.dockerArchive("[\"x:1\"]").bytes();
        assertRefused(new byte[] {1, 2, 3}, "unexpected EOF");
        assertRefused(new byte[0], "holds no images");
        assertRefused(Arrays.copyOf(whole, 700), "unexpected EOF");
        byte[] garbage = whole.clone();
        Arrays.fill(garbage, 0, 512, (byte) 'x');
        assertRefused(garbage, "invalid tar header");
        assertRefused(Arrays.copyOf(TestArchive.gzip(whole), 300), "");
    }

    @Test
    void importsFilesAsAnImageOfOneLayer() throws Exception {
        byte[] files = new TestArchive().file("hello", "world").bytes();

        ImageId id = engine.images.importArchive(
                new ByteArrayInputStream(TestArchive.gzip(files)),
                new ImportRequest(
                        Optional.of(ImageReference.parse("made:1")),
                        "by hand",
                        List.of("CMD [\"sh\"]"),
                        Optional.empty()));

        ImageSummary summary = engine.images.inspect("made:1");
        assertThat(summary.image().id()).isEqualTo(id);
        assertThat(summary.image().layers()).containsExactly(Digest.sha256(files));
        assertThat(summary.image().config().cmd()).contains(List.of("sh"));
        assertThat(summary.lastTagged()).isPresent();
        assertThat(engine.images.directories(summary.image()).get(0).resolve("hello"))
                .hasContent("world");
        assertThat(engine.images.history("made:1").get(0).entry().comment()).isEqualTo("by hand");
    }

    @Test
    void anImportThatFailsLeavesNothing() throws Exception {
        byte[] truncated =
                Arrays.copyOf(new TestArchive().file("hello", "world").bytes(), 700);

        assertThatThrownBy(() -> engine.images.importArchive(
                        new ByteArrayInputStream(truncated),
                        new ImportRequest(Optional.empty(), "", List.of(), Optional.empty())))
                .isInstanceOf(EngineException.class);
        assertThat(engine.leftovers()).isEmpty();
    }

    private void assertIsThere(String name) {
        ImageSummary summary = engine.images.inspect(name);
        assertThat(summary.image().id()).isEqualTo(image.id());
        assertThat(engine.images.directories(summary.image()).get(1).resolve("file-two"))
                .hasContent("two");
    }

    private void assertRefused(byte[] archive, String message) throws IOException {
        assertThatThrownBy(() -> load(archive))
                .isInstanceOfSatisfying(
                        EngineException.class,
                        e -> assertThat(e.kind()).isIn(EngineException.Kind.INVALID, EngineException.Kind.NOT_FOUND))
                .hasMessageContaining(message);
        assertThat(engine.leftovers()).isEmpty();
        assertThat(engine.images.count()).isZero();
    }

    private List<ImageProgress> load(byte[] archive) throws IOException, InterruptedException {
        List<ImageProgress> events = new ArrayList<>();
        engine.images.load(new ByteArrayInputStream(archive), events::add);
        return events;
    }
}
