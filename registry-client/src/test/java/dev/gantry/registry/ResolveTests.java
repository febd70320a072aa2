package dev.gantry.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gantry.registry.RegistryException.Kind;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class ResolveTests {

    private static final Credentials NOBODY = Credentials.anonymous();
    private static final String TAG = "/v2/app/manifests/1";

    private final FaultRegistry registry = new FaultRegistry();
    private final RegistryClient client = FaultRegistry.client().build();

    @AfterEach
    void close() {
        client.close();
        registry.close();
    }

    private void assertFails(Kind kind, String reason) {
        assertThatThrownBy(() -> client.resolve(registry.app(), NOBODY))
                .isInstanceOfSatisfying(
                        RegistryException.class, e -> assertThat(e.kind()).isEqualTo(kind))
                .hasMessageStartingWith("Tried to pull the manifest of " + registry.app() + " but failed because ")
                .hasMessageContaining(reason);
    }

    @Test
    void resolvesByTagAndByDigest() {
        Descriptor descriptor = registry.manifest("1", MediaType.OCI_MANIFEST, ManifestTests.image());
        ResolvedManifest byTag = client.resolve(registry.app(), NOBODY);
        assertThat(byTag.descriptor()).isEqualTo(descriptor);
        assertThat(byTag.manifest().layers()).hasSize(1);
        assertThat(client.resolve(registry.app().withDigest(descriptor.digest()), NOBODY)
                        .content())
                .isEqualTo(byTag.content());
    }

    @Test
    void describesWithoutTheBody() {
        Descriptor descriptor = registry.manifest("1", MediaType.OCI_MANIFEST, ManifestTests.image());
        registry.on(TAG, exchange -> {
            exchange.getResponseHeaders().add("Content-Length", Long.toString(descriptor.size()));
            Map<String, String> headers = Map.of(
                    "Content-Type",
                    MediaType.OCI_MANIFEST,
                    "Docker-Content-Digest",
                    descriptor.digest().toString());
            FaultRegistry.answer(exchange, 200, headers, new byte[0]);
        });
        assertThat(client.describe(registry.app(), NOBODY)).isEqualTo(descriptor);
        assertThat(registry.seen(TAG)).extracting(FaultRegistry.Seen::method).containsExactly("HEAD");
    }

    @Test
    void findsTheTypeWhereTheHeaderSaysNothing() {
        byte[] content = ManifestTests.image().getBytes(StandardCharsets.UTF_8);
        registry.on(
                TAG, exchange -> FaultRegistry.answer(exchange, 200, Map.of("Content-Type", "text/plain"), content));
        assertThat(client.resolve(registry.app(), NOBODY).mediaType()).isEqualTo(MediaType.OCI_MANIFEST);
    }

    @Test
    void refusesWrongDigests() {
        registry.manifest("1", MediaType.OCI_MANIFEST, ManifestTests.image());
        Digest other = Digest.sha256(new byte[1]);
        registry.on(
                "/v2/app/manifests/" + other,
                exchange -> FaultRegistry.answer(
                        exchange,
                        200,
                        Map.of("Content-Type", MediaType.OCI_MANIFEST),
                        ManifestTests.image().getBytes(StandardCharsets.UTF_8)));
        assertThatThrownBy(() -> client.resolve(registry.app().withDigest(other), NOBODY))
                .isInstanceOfSatisfying(
                        RegistryException.class, e -> assertThat(e.kind()).isEqualTo(Kind.INVALID_CONTENT))
                .hasMessageContaining("and not " + other);
        registry.on(
                TAG,
                exchange -> FaultRegistry.answer(
                        exchange,
                        200,
                        Map.of("Docker-Content-Digest", other.toString()),
                        ManifestTests.image().getBytes(StandardCharsets.UTF_8)));
        assertFails(Kind.INVALID_CONTENT, "and not " + other);
    }

    @Test
    void refusesAnnouncedDigestsThatArePaths() {
        registry.on(
                TAG,
                exchange -> FaultRegistry.answer(
                        exchange, 200, Map.of("Docker-Content-Digest", "sha256:../../x"), new byte[] {'{', '}'}));
        assertFails(Kind.INVALID_CONTENT, "announces a digest that is none");
    }

    @Test
    void refusesEndlessManifests() {
        registry.on(TAG, exchange -> {
            exchange.sendResponseHeaders(200, 0);
            byte[] block = new byte[1024 * 1024];
            for (int i = 0; i < 1000; i++) {
                exchange.getResponseBody().write(block);
            }
        });
        assertFails(Kind.INVALID_CONTENT, "larger than the limit of 4194304 bytes");
    }

    @Test
    void takesManifestsOfExactlyTheLimit() {
        String padding =
                " ".repeat(ManifestFetcher.LIMIT - ManifestTests.image().length());
        registry.manifest("1", MediaType.OCI_MANIFEST, ManifestTests.image() + padding);
        assertThat(client.resolve(registry.app(), NOBODY).content()).hasSize(ManifestFetcher.LIMIT);
    }

    @Test
    void selectsThroughNestedIndexes() {
        Descriptor image = registry.manifest("x", MediaType.OCI_MANIFEST, ManifestTests.image());
        Descriptor inner = registry.manifest("y", MediaType.OCI_INDEX, indexOf(image));
        registry.manifest("1", MediaType.OCI_INDEX, indexOf(inner));
        ResolvedManifest found = client.resolve(registry.app(), Platform.parse("linux/amd64"), NOBODY);
        assertThat(found.digest()).isEqualTo(image.digest());
        assertThatThrownBy(() -> client.resolve(registry.app(), Platform.parse("linux/s390x"), NOBODY))
                .isInstanceOfSatisfying(
                        RegistryException.class, e -> assertThat(e.kind()).isEqualTo(Kind.NOT_FOUND))
                .hasMessageContaining("no matching manifest for linux/s390x in the manifest list entries");
    }

    private static String indexOf(Descriptor entry) {
        return ManifestTests.index(ManifestTests.entry(
                entry.digest().toString(),
                entry.size(),
                entry.mediaType(),
                ManifestTests.platform("linux", "amd64", "")));
    }

    @Test
    void refusesIndexesThatLeadOnAndOn() {
        Descriptor entry = registry.manifest("x", MediaType.OCI_MANIFEST, ManifestTests.image());
        for (int depth = 0; depth < 6; depth++) {
            entry = registry.manifest("1", MediaType.OCI_INDEX, indexOf(entry));
        }
        assertThatThrownBy(() -> client.resolve(registry.app(), Platform.parse("linux/amd64"), NOBODY))
                .isInstanceOfSatisfying(
                        RegistryException.class, e -> assertThat(e.kind()).isEqualTo(Kind.INVALID_CONTENT))
                .hasMessageContaining("too deep");
        assertThat(registry.seen("/v2/app/manifests/")).hasSize(5);
    }

    @Test
    void refusesEntriesOfAnotherSize() {
        Descriptor image = registry.manifest("x", MediaType.OCI_MANIFEST, ManifestTests.image());
        Descriptor wrong = Descriptor.of(image.mediaType(), image.digest(), image.size() + 1);
        registry.manifest("1", MediaType.OCI_INDEX, indexOf(wrong));
        assertThatThrownBy(() -> client.resolve(registry.app(), Platform.parse("linux/amd64"), NOBODY))
                .isInstanceOfSatisfying(
                        RegistryException.class, e -> assertThat(e.kind()).isEqualTo(Kind.INVALID_CONTENT));
    }

    @Test
    void triesAgainWhatMayPass() {
        registry.manifest("2", MediaType.OCI_MANIFEST, ManifestTests.image());
        AtomicInteger calls = new AtomicInteger();
        registry.on(TAG, exchange -> {
            switch (calls.incrementAndGet()) {
                case 1 -> FaultRegistry.answer(exchange, 502, Map.of(), new byte[0]);
                case 2 -> FaultRegistry.answer(exchange, 429, Map.of("Retry-After", "1"), new byte[0]);
                case 3 -> FaultRegistry.truncated(exchange, new byte[100], 10);
                default ->
                    FaultRegistry.answer(
                            exchange,
                            200,
                            Map.of("Content-Type", MediaType.OCI_MANIFEST),
                            ManifestTests.image().getBytes(StandardCharsets.UTF_8));
            }
        });
        long start = System.nanoTime();
        assertThat(client.resolve(registry.app(), NOBODY).manifest().layers()).hasSize(1);
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThanOrEqualTo(Duration.ofSeconds(1));
        assertThat(calls).hasValue(4);
    }

    @Test
    void doesNotWaitLongerThanItsBudget() {
        registry.on(
                TAG,
                exchange -> FaultRegistry.answer(
                        exchange,
                        429,
                        Map.of("Retry-After", "3600"),
                        FaultRegistry.errors("TOOMANYREQUESTS", "slow down")));
        assertThatThrownBy(() -> client.resolve(registry.app(), NOBODY))
                .isInstanceOfSatisfying(RegistryException.class, e -> {
                    assertThat(e.kind()).isEqualTo(Kind.RATE_LIMITED);
                    assertThat(e.retryAfter()).contains(Duration.ofHours(1));
                })
                .hasMessageContaining("toomanyrequests: slow down");
        assertThat(registry.seen(TAG)).hasSize(1);
    }

    @Test
    void doesNotTryAgainWhatIsFinal() {
        for (int status : new int[] {400, 401, 403, 404, 418}) {
            registry.on(TAG, exchange -> FaultRegistry.answer(exchange, status, Map.of(), new byte[0]));
            assertThatThrownBy(() -> client.resolve(registry.app(), NOBODY))
                    .isInstanceOfSatisfying(
                            RegistryException.class, e -> assertThat(e.status()).isEqualTo(status));
        }
        assertThat(registry.seen(TAG)).hasSize(5);
    }

    @Test
    void answerThatNeverComesIsUnavailable() {
        try (RegistryClient hasty = FaultRegistry.client()
                .answerTimeout(Duration.ofMillis(200))
                .retries(2, Duration.ofSeconds(1))
                .build()) {
            registry.on(TAG, exchange -> registry.pause(Duration.ofSeconds(20)));
            assertThatThrownBy(() -> hasty.resolve(registry.app(), NOBODY))
                    .isInstanceOfSatisfying(
                            RegistryException.class, e -> assertThat(e.kind()).isEqualTo(Kind.UNAVAILABLE))
                    .hasMessageContaining("does not answer in time");
        }
    }

    @Test
    void interruptEndsTheWaitForAnAnswer() throws Exception {
        CountDownLatch asked = new CountDownLatch(1);
        registry.on(TAG, exchange -> {
            asked.countDown();
            registry.pause(Duration.ofSeconds(20));
        });
        CompletableFuture<Kind> kind = new CompletableFuture<>();
        Thread thread = new Thread(() -> {
            try {
                client.resolve(registry.app(), NOBODY);
            } catch (RegistryException e) {
                kind.complete(e.kind());
            }
        });
        thread.start();
        assertThat(asked.await(5, TimeUnit.SECONDS)).isTrue();
        thread.interrupt();
        assertThat(kind.get(2, TimeUnit.SECONDS)).isEqualTo(Kind.CANCELLED);
    }

    @Test
    void closedPortIsUnavailable() {
        ImageReference reference = registry.app();
        registry.close();
        assertThatThrownBy(() -> client.resolve(reference, NOBODY))
                .isInstanceOfSatisfying(
                        RegistryException.class, e -> assertThat(e.kind()).isEqualTo(Kind.UNAVAILABLE))
                .hasMessageContaining("does not take connections");
    }

    @Test
    void closedClientIsCancelled() {
        client.close();
        assertFails(Kind.CANCELLED, "the client is closed");
    }

    @Test
    void errorTextsOfStrangersCannotMoveTheCursor() {
        registry.on(
                TAG,
                exchange -> FaultRegistry.answer(
                        exchange, 404, Map.of(), FaultRegistry.errors("X", "a\\u001b[2Jb\\r\\nc")));
        assertThatThrownBy(() -> client.resolve(registry.app(), NOBODY))
                .hasMessageContaining("a [2Jb  c")
                .hasMessageNotContaining("\u001b");
    }

    @Test
    void probesALocalRegistryOnce() {
        registry.manifest("1", MediaType.OCI_MANIFEST, ManifestTests.image());
        client.resolve(registry.app(), NOBODY);
        client.resolve(registry.app(), NOBODY);
        assertThat(registry.seen()).extracting(FaultRegistry.Seen::path).containsExactly("/v2/", TAG, TAG);
    }

    @Test
    void mirrorIsAskedFirstAndNeverGetsTheCredentialsOfTheRegistry() {
        byte[] content = ManifestTests.image().getBytes(StandardCharsets.UTF_8);
        registry.on(
                "/hub/v2/library/app/manifests/1",
                exchange ->
                        FaultRegistry.answer(exchange, 401, Map.of("WWW-Authenticate", "Basic realm=x"), new byte[0]));
        try (RegistryClient mirrored = FaultRegistry.client()
                .mirrors(List.of(URI.create(registry.url("/hub/"))))
                .build()) {
            Endpoints endpoints = new Endpoints(
                    new Transport(Deadlines.usual(), "test", Optional.empty(), Optional.empty()),
                    new InsecureRegistries(List.of()),
                    List.of(URI.create(registry.url("/hub"))),
                    new RetryPolicy(1, Duration.ZERO, Duration.ZERO, Duration.ZERO, new Random(1)));
            assertThat(endpoints.of(ImageReference.parse("app:1"), "test"))
                    .extracting(endpoint -> endpoint.base().toString())
                    .containsExactly(registry.url("/hub"), "https://registry-1.docker.io");
            registry.on(
                    "/hub/v2/library/app/manifests/2",
                    exchange -> FaultRegistry.answer(
                            exchange, 200, Map.of("Content-Type", MediaType.OCI_MANIFEST), content));
            mirrored.resolve(ImageReference.parse("app:2"), Credentials.basic("user", "secret"));
        }
        assertThat(registry.seen())
                .allSatisfy(seen -> assertThat(seen.authorization()).isEmpty());
    }

    @Test
    void listsTagsPageByPage() {
        registry.on("/v2/app/tags/list", exchange -> {
            boolean first = exchange.getRequestURI().getQuery().equals("n=1000");
            Map<String, String> next = Map.of("Link", "</v2/app/tags/list?n=2&last=b>; rel=\"next\"");
            String page = first ? "{\"tags\":[\"a\",\"b\"]}" : "{\"tags\":[\"c\"]}";
            FaultRegistry.answer(exchange, 200, first ? next : Map.of(), page.getBytes(StandardCharsets.UTF_8));
        });
        assertThat(client.tags(registry.app(), NOBODY)).containsExactly("a", "b", "c");
    }

    @Test
    void refusesTagPagesInACircleOrElsewhere() {
        for (String link : new String[] {"/v2/app/tags/list?n=1000", "http://example.com/v2/app/tags/list"}) {
            registry.on(
                    "/v2/app/tags/list",
                    exchange -> FaultRegistry.answer(
                            exchange,
                            200,
                            Map.of("Link", "<" + link + ">; rel=\"next\""),
                            "{\"tags\":null}".getBytes(StandardCharsets.UTF_8)));
            assertThatThrownBy(() -> client.tags(registry.app(), NOBODY))
                    .isInstanceOfSatisfying(
                            RegistryException.class, e -> assertThat(e.kind()).isEqualTo(Kind.INVALID_CONTENT));
        }
    }
}
