package dev.gantry.daemon.service.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.gantry.daemon.type.EngineException;
import dev.gantry.registry.Digest;
import dev.gantry.registry.MediaType;
import dev.gantry.registry.Platform;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(RootOnly.class)
@Timeout(60)
class ImagePullIntegrationTests {

    @TempDir
    Path directory;

    private TestRegistry registry;
    private TestEngine engine;
    private final TestImage image = new TestImage("one", "two", "three");

    @BeforeEach
    void start() throws IOException {
        registry = new TestRegistry();
        engine = new TestEngine(directory);
        registry.push("team/app", "1", image);
    }

    @AfterEach
    void stop() {
        engine.close();
        registry.close();
    }

    @Test
    void pullsATagAndTellsSo() throws Exception {
        String name = registry.name("team/app:1");

        List<ImageProgress> events = engine.pull(name);

        assertThat(events.get(0)).isEqualTo(new ImageProgress.Pulling("team/app", "1"));
        assertThat(events)
                .contains(new ImageProgress.Resolved(image.digest()))
                .endsWith(new ImageProgress.Pulled(name, ImageProgress.Outcome.DOWNLOADED));
        assertThat(stepsOf(events, Digest.sha256(image.blobs.get(0))))
                .containsSubsequence(
                        ImageProgress.Step.PULLING,
                        ImageProgress.Step.VERIFYING,
                        ImageProgress.Step.DOWNLOADED,
                        ImageProgress.Step.PULLED);
        ImageSummary summary = engine.images.inspect(name);
        assertThat(summary.image().id()).isEqualTo(image.id());
        assertThat(summary.digests().get(0).familiar()).endsWith("team/app@" + image.digest());
        assertThat(summary.size()).isEqualTo("onetwothree".length());
        List<Path> trees = engine.images.directories(summary.image());
        assertThat(trees.get(2).resolve("file-three")).hasContent("three");
    }

    @Test
    void whatIsHereIsNotPulledAgain() throws Exception {
        String name = registry.name("team/app:1");
        engine.pull(name);

        List<ImageProgress> events = engine.pull(name);

        assertThat(events).endsWith(new ImageProgress.Pulled(name, ImageProgress.Outcome.UP_TO_DATE));
        assertThat(stepsOf(events, Digest.sha256(image.blobs.get(0))))
                .containsExactly(ImageProgress.Step.ALREADY_EXISTS);
        assertThat(registry.requests("team/app", Digest.sha256(image.blobs.get(0))))
                .isEqualTo(1);
    }

    @Test
    void pullsByDigestWithoutGivingATag() throws Exception {
        String name = registry.name("team/app") + "@" + image.digest();

        engine.pull(name);

        ImageSummary summary = engine.images.inspect(name);
        assertThat(summary.tags()).isEmpty();
        assertThat(summary.digests()).hasSize(1);
    }

    @Test
    void pullsAllTags() throws Exception {
        engine.pull(registry.name("team/app"));

        assertThat(engine.images.inspect(registry.name("team/app:1")).image().id())
                .isEqualTo(image.id());
    }

    @Test
    void picksThePlatformFromAnIndex() throws Exception {
        String entry = TestImage.descriptor(MediaType.OCI_MANIFEST, image.manifest);
        String host = Platform.host().architecture();
        byte[] index = ("{\"schemaVersion\":2,\"mediaType\":\"" + MediaType.OCI_INDEX + "\",\"manifests\":["
                        + entry.substring(0, entry.length() - 1)
                        + ",\"platform\":{\"os\":\"linux\",\"architecture\":\"" + host + "\"}}]}")
                .getBytes(StandardCharsets.UTF_8);
        registry.manifest("team/app", "multi", MediaType.OCI_INDEX, index);

        engine.pull(registry.name("team/app:multi"));

        ImageSummary summary = engine.images.inspect(registry.name("team/app:multi"));
        assertThat(summary.image().id()).isEqualTo(image.id());
        assertThat(summary.digests().get(0).familiar()).endsWith("@" + Digest.sha256(index));
    }

    @Test
    void tellsWhatIsNotThere() {
        String name = registry.name("team/app:nope");

        assertThatThrownBy(() -> engine.pull(name))
                .hasMessage("manifest for " + name + " not found: manifest unknown: manifest unknown")
                .isInstanceOfSatisfying(
                        EngineException.class, e -> assertThat(e.kind()).isEqualTo(EngineException.Kind.NOT_FOUND));
    }

    @Test
    void aCorruptBlobLeavesNothing() throws Exception {
        byte[] corrupt = image.blobs.get(1).clone();
        corrupt[corrupt.length - 1] ^= 1;
        registry.blob("team/app", Digest.sha256(image.blobs.get(1)), corrupt);

        assertThatThrownBy(() -> engine.pull(registry.name("team/app:1"))).isInstanceOf(EngineException.class);

        assertThat(allButParts(engine.leftovers(), Digest.sha256(image.blobs.get(1))))
                .isEmpty();
        assertThat(engine.images.count()).isZero();
    }

    @Test
    void aRegistryThatLiesAboutTheSizeLeavesNothing() throws Exception {
        byte[] longer = Arrays.copyOf(image.blobs.get(0), image.blobs.get(0).length + 100);
        registry.blob("team/app", Digest.sha256(image.blobs.get(0)), longer);

        assertThatThrownBy(() -> engine.pull(registry.name("team/app:1"))).isInstanceOf(EngineException.class);

        assertThat(allButParts(engine.leftovers(), Digest.sha256(image.blobs.get(0))))
                .isEmpty();
    }

    @Test
    void aLayerThatUnpacksToAnotherDigestLeavesNothing() throws Exception {
        TestImage other = new TestImage("x");
        byte[] manifest = new String(image.manifest, StandardCharsets.UTF_8)
                .replace(
                        TestImage.descriptor(MediaType.OCI_LAYER_GZIP, image.blobs.get(1)),
                        TestImage.descriptor(MediaType.OCI_LAYER_GZIP, other.blobs.get(0)))
                .getBytes(StandardCharsets.UTF_8);
        registry.manifest("team/app", "1", MediaType.OCI_MANIFEST, manifest);
        registry.blob("team/app", Digest.sha256(other.blobs.get(0)), other.blobs.get(0));

        assertThatThrownBy(() -> engine.pull(registry.name("team/app:1")))
                .hasMessageContaining("which its image promises");

        assertThat(allButParts(engine.leftovers(), Digest.sha256(other.blobs.get(0))))
                .isEmpty();
    }

    @Test
    void twoPullsOfOneImageAreOne() throws Exception {
        CountDownLatch gate = new CountDownLatch(1);
        Digest held = Digest.sha256(image.blobs.get(2));
        registry.gate("team/app", held, gate);
        String name = registry.name("team/app:1");
        List<ImageProgress> first = new ArrayList<>();
        List<ImageProgress> second = new ArrayList<>();
        CompletableFuture<Void> one = start(name, first);
        await().until(() -> registry.requests("team/app", held) == 1);
        CompletableFuture<Void> two = start(name, second);
        await().until(() -> {
            synchronized (second) {
                return !second.isEmpty();
            }
        });
        gate.countDown();
        one.get(20, TimeUnit.SECONDS);
        two.get(20, TimeUnit.SECONDS);

        assertThat(registry.requests("team/app", held)).isEqualTo(1);
        ImageProgress last = new ImageProgress.Pulled(name, ImageProgress.Outcome.DOWNLOADED);
        assertThat(first).endsWith(last);
        assertThat(second).endsWith(last);
        assertThat(second.get(0)).isEqualTo(new ImageProgress.Pulling("team/app", "1"));
    }

    @Test
    void aPullWhoseClientGoesIsGivenUpAndTheNextGoesOn() throws Exception {
        CountDownLatch gate = new CountDownLatch(1);
        Digest held = Digest.sha256(image.blobs.get(2));
        registry.gate("team/app", held, gate);
        String name = registry.name("team/app:1");

        assertThatThrownBy(() -> engine.pull(name, event -> {
                    if (event instanceof ImageProgress.Layer layer && layer.step() == ImageProgress.Step.PULLED) {
                        throw new IOException("client gone");
                    }
                }))
                .hasMessage("client gone");
        await().untilAsserted(() -> assertThat(engine.layers.list()).isEmpty());
        assertThat(engine.images.count()).isZero();
        gate.countDown();

        assertThat(engine.pull(name)).endsWith(new ImageProgress.Pulled(name, ImageProgress.Outcome.DOWNLOADED));
        assertThat(registry.requests("team/app", Digest.sha256(image.blobs.get(0))))
                .isEqualTo(1);
    }

    @Test
    void removalLeavesNothing() throws Exception {
        String name = registry.name("team/app:1");
        engine.pull(name);

        RemovedImage removed = engine.images.remove(name);

        assertThat(removed.untagged()).hasSize(2);
        List<Digest> chains = engine.images.count() == 0 ? removed.deleted() : List.of();
        assertThat(chains).hasSize(4).startsWith(image.id().digest());
        await().untilAsserted(() -> assertThat(engine.leftovers()).isEmpty());
    }

    @Test
    void imagesAreThereAfterARestartAndDamagedOnesAreNot() throws Exception {
        String name = registry.name("team/app:1");
        engine.pull(name);
        engine.close();
        engine = new TestEngine(directory);
        assertThat(engine.images.inspect(name).image().id()).isEqualTo(image.id());
        engine.close();

        Files.delete(engine.content.path(image.id().digest()));
        engine = new TestEngine(directory);
        assertThatThrownBy(() -> engine.images.find(name)).hasMessage("No such image: " + name);
        engine.images.sweep();
        assertThat(engine.layers.list()).isEmpty();
    }

    @Test
    void aHeldImageKeepsItsLayersWhenItIsRemoved() throws Exception {
        String name = registry.name("team/app:1");
        engine.pull(name);
        try (HeldImage held = engine.images.hold(name)) {
            engine.images.remove(name);
            engine.images.sweep();
            assertThat(engine.images.directories(held.image())).allMatch(Files::isDirectory);
        }
        engine.images.sweep();
        assertThat(engine.layers.list()).isEmpty();
    }

    /** What has come of sound blobs serves the next try; everything else must be gone. */
    private static List<String> allButParts(List<String> leftovers, Digest bad) {
        return leftovers.stream()
                .filter(file -> !file.startsWith("content/") || file.contains(bad.hex()))
                .toList();
    }

    private static List<ImageProgress.Step> stepsOf(List<ImageProgress> events, Digest blob) {
        List<ImageProgress.Step> steps = new ArrayList<>();
        for (ImageProgress event : events) {
            if (event instanceof ImageProgress.Layer layer && layer.layer().equals(blob)) {
                steps.add(layer.step());
            }
        }
        return steps;
    }

    private CompletableFuture<Void> start(String name, List<ImageProgress> events) {
        return CompletableFuture.runAsync(
                () -> {
                    try {
                        engine.pull(name, event -> {
                            synchronized (events) {
                                events.add(event);
                            }
                        });
                    } catch (IOException | InterruptedException e) {
                        throw new IllegalStateException(e);
                    }
                },
                command -> new Thread(command).start());
    }
}
