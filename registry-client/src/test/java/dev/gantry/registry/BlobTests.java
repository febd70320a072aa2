package dev.gantry.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gantry.registry.RegistryException.Kind;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Transfers from a registry that does everything wrong that one can do wrong. */
@Timeout(30)
class BlobTests {

    private static final Credentials NOBODY = Credentials.anonymous();

    private final byte[] content = content(300_000);
    private final FaultRegistry registry = new FaultRegistry();
    private final RegistryClient client = FaultRegistry.client().build();

    private static byte[] content(int length) {
        byte[] bytes = new byte[length];
        new Random(5).nextBytes(bytes);
        return bytes;
    }

    @AfterEach
    void close() {
        client.close();
        registry.close();
    }

    private byte[] pull(Descriptor descriptor) throws IOException {
        try (InputStream in = client.openBlob(registry.app(), descriptor, NOBODY)) {
            return in.readAllBytes();
        }
    }

    private void assertFails(Descriptor descriptor, Kind kind, String reason) {
        assertThatThrownBy(() -> pull(descriptor))
                .isInstanceOfSatisfying(
                        RegistryException.class, e -> assertThat(e.kind()).isEqualTo(kind))
                .hasMessageStartingWith("Tried to pull " + descriptor.digest())
                .hasMessageContaining(reason);
    }

    @Test
    void pullsWhole() throws IOException {
        assertThat(pull(registry.blob(content))).isEqualTo(content);
    }

    @Test
    void pullsByteByByteAndEmptyBlobs() throws IOException {
        Descriptor descriptor = registry.blob(Arrays.copyOf(content, 5000));
        ByteArrayOutputStream gathered = new ByteArrayOutputStream();
        try (InputStream in = client.openBlob(registry.app(), descriptor, NOBODY)) {
            for (int b = in.read(); b >= 0; b = in.read()) {
                gathered.write(b);
            }
        }
        assertThat(gathered.toByteArray()).isEqualTo(Arrays.copyOf(content, 5000));
        assertThat(pull(registry.blob(new byte[0]))).isEmpty();
    }

    @Test
    void refusesWrongDigestBeforeTheLastBytesAreHandedOut() throws IOException {
        Descriptor descriptor = registry.blob(content);
        byte[] other = content.clone();
        other[7]++;
        registry.on(
                FaultRegistry.blobPath(descriptor), exchange -> FaultRegistry.answer(exchange, 200, Map.of(), other));
        assertFails(descriptor, Kind.INVALID_CONTENT, "its content has the digest sha256:");
        try (InputStream in = client.openBlob(registry.app(), descriptor, NOBODY)) {
            assertThatThrownBy(() -> in.readNBytes(content.length)).isInstanceOf(RegistryException.class);
            assertThatThrownBy(in::read).isInstanceOf(RegistryException.class);
        }
    }

    @Test
    void refusesAnnouncedSizesThatAreWrong() {
        Descriptor right = registry.blob(content);
        for (int difference : new int[] {-1, 1}) {
            Descriptor wrong = Descriptor.of(right.mediaType(), right.digest(), right.size() + difference);
            assertFails(wrong, Kind.INVALID_CONTENT, "the server announces 300000 bytes where there must be");
        }
    }

    @Test
    void refusesMoreThanAnnouncedWithoutLength() {
        Descriptor descriptor = registry.blob(content);
        registry.on(FaultRegistry.blobPath(descriptor), exchange -> {
            exchange.sendResponseHeaders(200, 0);
            exchange.getResponseBody().write(content);
            exchange.getResponseBody().write(1);
        });
        assertFails(descriptor, Kind.INVALID_CONTENT, "the server sent more than the 300000 bytes announced");
    }

    @Test
    void refusesLessThanAnnouncedWithoutLength() {
        Descriptor descriptor = registry.blob(content);
        registry.on(FaultRegistry.blobPath(descriptor), exchange -> {
            exchange.sendResponseHeaders(200, 0);
            exchange.getResponseBody().write(content, 0, 200_000);
        });
        assertFails(descriptor, Kind.UNAVAILABLE, "200000 of 300000 bytes");
    }

    @Test
    void resumesWhereTheConnectionBroke() throws IOException {
        Descriptor descriptor = registry.blob(content);
        AtomicInteger calls = new AtomicInteger();
        registry.on(FaultRegistry.blobPath(descriptor), exchange -> {
            int from = rangeOf(exchange.getRequestHeaders().getFirst("Range"));
            if (calls.incrementAndGet() >= 10) {
                FaultRegistry.part(exchange, content, from);
            } else if (from == 0) {
                FaultRegistry.truncated(exchange, content, 30_000);
            } else {
                exchange.getResponseHeaders()
                        .add("Content-Range", "bytes " + from + "-" + (content.length - 1) + "/" + content.length);
                exchange.sendResponseHeaders(206, content.length - from);
                exchange.getResponseBody().write(content, from, 30_000);
                exchange.getResponseBody().flush();
            }
        });
        assertThat(pull(descriptor)).isEqualTo(content);
        // More breaks than the client tries without progress.
        assertThat(registry.seen(FaultRegistry.blobPath(descriptor)))
                .extracting(seen -> rangeOf(seen.range().orElse(null)))
                .containsExactly(0, 30_000, 60_000, 90_000, 120_000, 150_000, 180_000, 210_000, 240_000, 270_000);
    }

    private static int rangeOf(@Nullable String header) {
        return header == null ? 0 : Integer.parseInt(header.replaceAll("\\D", ""));
    }

    @Test
    void givesUpWithoutProgress() {
        Descriptor descriptor = registry.blob(content);
        registry.on(FaultRegistry.blobPath(descriptor), exchange -> FaultRegistry.truncated(exchange, content, 20_000));
        assertFails(descriptor, Kind.UNAVAILABLE, "the connection");
        assertThat(registry.seen(FaultRegistry.blobPath(descriptor))).hasSizeBetween(4, 5);
    }

    @Test
    void skipsForwardWhereRangesAreIgnored() throws IOException {
        Descriptor descriptor = registry.blob(content);
        AtomicInteger calls = new AtomicInteger();
        registry.on(FaultRegistry.blobPath(descriptor), exchange -> {
            if (calls.incrementAndGet() == 1) {
                FaultRegistry.truncated(exchange, content, 100_000);
            } else {
                FaultRegistry.answer(exchange, 200, Map.of(), content);
            }
        });
        assertThat(pull(descriptor)).isEqualTo(content);
    }

    @Test
    void asksWithoutRangeAfter416() throws IOException {
        Descriptor descriptor = registry.blob(content);
        AtomicInteger calls = new AtomicInteger();
        registry.on(FaultRegistry.blobPath(descriptor), exchange -> {
            if (calls.incrementAndGet() == 1) {
                FaultRegistry.truncated(exchange, content, 100_000);
            } else if (exchange.getRequestHeaders().containsKey("Range")) {
                FaultRegistry.answer(exchange, 416, Map.of(), new byte[0]);
            } else {
                FaultRegistry.answer(exchange, 200, Map.of(), content);
            }
        });
        assertThat(pull(descriptor)).isEqualTo(content);
    }

    @Test
    void refusesAnotherRangeThanAskedFor() {
        Descriptor descriptor = registry.blob(content);
        for (String range : new String[] {
            "bytes 0-299999/300000", "bytes 100000-299999/400000", "bytes 100000-200000/300000", "x", ""
        }) {
            AtomicInteger calls = new AtomicInteger();
            registry.on(FaultRegistry.blobPath(descriptor), exchange -> {
                if (calls.incrementAndGet() == 1) {
                    FaultRegistry.truncated(exchange, content, 100_000);
                } else {
                    byte[] rest = Arrays.copyOfRange(content, 100_000, content.length);
                    FaultRegistry.answer(exchange, 206, Map.of("Content-Range", range), rest);
                }
            });
            assertFails(descriptor, Kind.INVALID_CONTENT, "the server sent the range '" + range + "'");
        }
    }

    @Test
    void resumesWhatIsOnDisk() throws IOException {
        Descriptor descriptor = registry.blob(content);
        MessageDigest gathered = Digest.newSha256();
        gathered.update(content, 0, 123_456);
        try (InputStream in = client.resumeBlob(registry.app(), descriptor, NOBODY, 123_456, gathered)) {
            assertThat(in.readAllBytes()).isEqualTo(Arrays.copyOfRange(content, 123_456, content.length));
        }
        MessageDigest other = Digest.newSha256();
        other.update(content, 1, 123_456);
        try (InputStream in = client.resumeBlob(registry.app(), descriptor, NOBODY, 123_456, other)) {
            assertThatThrownBy(in::readAllBytes).isInstanceOf(RegistryException.class);
        }
    }

    @Test
    void givesUpOnPeersThatStall() {
        try (RegistryClient hasty = FaultRegistry.client()
                .stallTimeout(Duration.ofMillis(300))
                .retries(1, Duration.ofSeconds(1))
                .build()) {
            Descriptor descriptor = registry.blob(content);
            registry.on(FaultRegistry.blobPath(descriptor), exchange -> {
                FaultRegistry.truncated(exchange, content, 100_000);
                registry.pause(Duration.ofSeconds(20));
            });
            assertThatThrownBy(() ->
                            hasty.openBlob(registry.app(), descriptor, NOBODY).readAllBytes())
                    .isInstanceOf(RegistryException.class)
                    .hasMessageContaining("stalled");
        }
    }

    @Test
    void givesUpOnPeersThatDrip() {
        try (RegistryClient hasty = FaultRegistry.client()
                .stallTimeout(Duration.ofMillis(500))
                .retries(1, Duration.ofSeconds(1))
                .build()) {
            Descriptor descriptor = registry.blob(content);
            registry.on(FaultRegistry.blobPath(descriptor), exchange -> {
                exchange.sendResponseHeaders(200, content.length);
                for (byte b : content) {
                    exchange.getResponseBody().write(b);
                    exchange.getResponseBody().flush();
                    registry.pause(Duration.ofMillis(20));
                }
            });
            assertThatThrownBy(() ->
                            hasty.openBlob(registry.app(), descriptor, NOBODY).readAllBytes())
                    .isInstanceOf(RegistryException.class)
                    .hasMessageContaining("stalled");
        }
    }

    @Test
    void slowReadersAreNotStalledPeers() throws Exception {
        try (RegistryClient hasty =
                FaultRegistry.client().stallTimeout(Duration.ofMillis(200)).build()) {
            byte[] large = content(8_000_000);
            Descriptor descriptor = registry.blob(large);
            try (InputStream in = hasty.openBlob(registry.app(), descriptor, NOBODY)) {
                byte[] first = in.readNBytes(1000);
                registry.pause(Duration.ofMillis(500));
                assertThat(first.length + in.readAllBytes().length).isEqualTo(large.length);
            }
        }
    }

    @Test
    void interruptEndsTheWait() throws Exception {
        Descriptor descriptor = registry.blob(content);
        stallAfter(descriptor, 1000);
        CompletableFuture<RegistryException> failure = new CompletableFuture<>();
        CountDownLatch reading = new CountDownLatch(1);
        Thread reader = new Thread(() -> failure.complete(failureOf(descriptor, reading)));
        reader.start();
        assertThat(reading.await(5, TimeUnit.SECONDS)).isTrue();
        reader.interrupt();
        assertThat(failure.get(2, TimeUnit.SECONDS).kind()).isEqualTo(Kind.CANCELLED);
    }

    @Test
    void closingFromAnotherThreadEndsTheWait() throws Exception {
        Descriptor descriptor = registry.blob(content);
        stallAfter(descriptor, 1000);
        InputStream in = client.openBlob(registry.app(), descriptor, NOBODY);
        assertThat(in.readNBytes(1000)).hasSize(1000);
        CompletableFuture<Integer> read = CompletableFuture.supplyAsync(() -> {
            try {
                return in.read();
            } catch (IOException e) {
                return -2;
            }
        });
        in.close();
        assertThatThrownBy(() -> read.get(2, TimeUnit.SECONDS))
                .hasCauseInstanceOf(RegistryException.class)
                .hasMessageContaining("closed");
    }

    private void stallAfter(Descriptor descriptor, int sent) {
        registry.on(FaultRegistry.blobPath(descriptor), exchange -> {
            FaultRegistry.truncated(exchange, content, sent);
            registry.pause(Duration.ofSeconds(20));
        });
    }

    private RegistryException failureOf(Descriptor descriptor, CountDownLatch reading) {
        try (InputStream in = client.openBlob(registry.app(), descriptor, NOBODY)) {
            in.readNBytes(1000);
            reading.countDown();
            in.readAllBytes();
            throw new AssertionError("the read came to an end");
        } catch (RegistryException e) {
            return e;
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void fetchesSmallBlobsWithinTheLimitOnly() {
        Descriptor descriptor = registry.blob(content);
        assertThat(client.fetchBlob(registry.app(), descriptor, NOBODY, content.length))
                .isEqualTo(content);
        assertThatThrownBy(() -> client.fetchBlob(registry.app(), descriptor, NOBODY, content.length - 1))
                .isInstanceOf(RegistryException.class)
                .hasMessageContaining("more than the limit");
    }

    @Test
    void missingBlobIsNotFoundAtOnce() {
        Descriptor descriptor = Descriptor.of(MediaType.OCI_LAYER, Digest.sha256(content), 3);
        assertThatThrownBy(() -> client.openBlob(registry.app(), descriptor, NOBODY))
                .isInstanceOfSatisfying(RegistryException.class, e -> {
                    assertThat(e.kind()).isEqualTo(Kind.NOT_FOUND);
                    assertThat(e.status()).isEqualTo(404);
                    assertThat(e.errors())
                            .containsExactly(new RegistryError("NAME_UNKNOWN", "repository name not known", ""));
                });
    }
}
