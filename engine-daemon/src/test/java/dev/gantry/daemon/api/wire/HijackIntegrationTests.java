package dev.gantry.daemon.api.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.apache.catalina.LifecycleException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class HijackIntegrationTests {

    private static final String UPGRADE =
            " HTTP/1.1\r\nHost: d\r\nConnection: Upgrade\r\nUpgrade: tcp\r\nContent-Length: 0\r\n\r\n";
    private static final int PIECE = 256 * 1024;

    private final CompletableFuture<String> gone = new CompletableFuture<>();
    private WireServer server;

    @BeforeEach
    void start(@TempDir Path directory) throws LifecycleException {
        Router router = new Router()
                .post("/echo", HijackIntegrationTests::echo)
                .post("/flood", HijackIntegrationTests::flood)
                .post("/silent", this::silent)
                .post("/deaf", exchange -> {
                    try (Hijacked connection = exchange.hijack(true)) {
                        connection.write(StandardCharsets.UTF_8.encode("last words"));
                    }
                })
                .post("/frames", exchange -> {
                    try (Hijacked connection = exchange.hijack(true)) {
                        FrameWriter frames = FrameWriter.framed(connection);
                        frames.write(dev.gantry.daemon.type.StreamType.STDERR, StandardCharsets.UTF_8.encode("no\n"));
                        frames.flush();
                    }
                })
                .get("/lines", exchange -> {
                    try (ChunkedStream stream = exchange.stream("application/json")) {
                        stream.json("one");
                        throw dev.gantry.daemon.type.EngineException.notFound("manifest unknown");
                    }
                })
                .get("/late", exchange -> {
                    ChunkedStream stream = exchange.stream("application/json");
                    stream.json("one");
                    throw dev.gantry.daemon.type.EngineException.notFound("manifest unknown");
                })
                .post("/wait", this::waitForever);
        server = WireServer.start(directory, router);
    }

    @AfterEach
    void stop() throws LifecycleException {
        server.close();
    }

    private static void echo(Exchange exchange) throws IOException {
        try (Hijacked connection = exchange.hijack(false)) {
            ByteBuffer buffer = ByteBuffer.allocateDirect(PIECE);
            while (connection.read(buffer) >= 0) {
                buffer.flip();
                connection.write(buffer);
                buffer.clear();
            }
            connection.write(StandardCharsets.UTF_8.encode("end"));
        }
    }

    private static void flood(Exchange exchange) throws IOException {
        try (Hijacked connection = exchange.hijack(false)) {
            ByteBuffer buffer = ByteBuffer.allocateDirect(PIECE);
            for (long left = exchange.query().number("size", 0); left > 0; left -= buffer.capacity()) {
                buffer.clear();
                connection.write(buffer);
            }
        }
    }

    private void silent(Exchange exchange) throws IOException, InterruptedException {
        try (Hijacked connection = exchange.hijack(false)) {
            CountDownLatch latch = new CountDownLatch(1);
            connection.onClientGone(latch::countDown);
            if (latch.await(30, TimeUnit.SECONDS)) {
                gone.complete("silent");
            }
        }
    }

    private void waitForever(Exchange exchange) throws IOException, InterruptedException {
        try (ChunkedStream stream = exchange.stream("application/json")) {
            CountDownLatch latch = new CountDownLatch(1);
            stream.onClientGone(latch::countDown);
            if (latch.await(30, TimeUnit.SECONDS)) {
                gone.complete("wait");
            }
        }
    }

    @Test
    void upgradeAnswers101AndEchoesUntilHalfClose() throws IOException {
        try (SocketChannel channel = server.connect()) {
            RawAnswer.write(channel, "POST /echo" + UPGRADE + "hello ");
            InputStream in = Channels.newInputStream(channel);
            RawAnswer head = RawAnswer.readHead(in);
            assertThat(head.statusLine()).isEqualTo("HTTP/1.1 101 UPGRADED");
            assertThat(head.header("content-type")).isEqualTo("application/vnd.docker.raw-stream");
            assertThat(head.header("upgrade")).isEqualTo("tcp");
            RawAnswer.write(channel, "world ");
            channel.shutdownOutput();
            assertThat(new String(in.readAllBytes(), StandardCharsets.UTF_8)).isEqualTo("hello world end");
        }
    }

    @Test
    void bytesBehindTheBodyBelongToTheStream() throws IOException {
        try (SocketChannel channel = server.connect()) {
            RawAnswer.write(
                    channel,
                    "POST /echo HTTP/1.1\r\nHost: d\r\nConnection: Upgrade\r\nUpgrade: tcp\r\nContent-Length: 2\r\n\r\n{}early ");
            channel.shutdownOutput();
            assertThat(RawAnswer.read(Channels.newInputStream(channel)).body()).isEqualTo("early end");
        }
    }

    @Test
    void withoutUpgradeTheAnswerIs200WithoutChunks() throws IOException {
        try (SocketChannel channel = server.connect()) {
            RawAnswer.write(channel, "POST /echo HTTP/1.1\r\nHost: d\r\nContent-Length: 0\r\n\r\nx");
            channel.shutdownOutput();
            RawAnswer answer = RawAnswer.read(Channels.newInputStream(channel));
            assertThat(answer.statusLine()).isEqualTo("HTTP/1.1 200 OK");
            assertThat(answer.headers()).doesNotContainKey("transfer-encoding");
            assertThat(answer.header("api-version")).isEqualTo("1.51");
            assertThat(answer.body()).isEqualTo("xend");
        }
    }

    @Test
    void framesCarryStreamAndLength() throws IOException {
        RawAnswer answer = server.send("POST /frames" + UPGRADE);
        assertThat(answer.header("content-type")).isEqualTo("application/vnd.docker.multiplexed-stream");
        assertThat(answer.body()).isEqualTo("\u0002\0\0\0\0\0\0\u0003no\n");
    }

    @Test
    void closeDeliversTheOutputThoughInputIsUnread() throws IOException {
        try (SocketChannel channel = server.connect()) {
            RawAnswer.write(channel, "POST /deaf" + UPGRADE + "x".repeat(100_000));
            assertThat(RawAnswer.read(Channels.newInputStream(channel)).body()).isEqualTo("last words");
        }
    }

    @Test
    void silentStreamNoticesThatTheClientHasGone() throws IOException {
        SocketChannel channel = server.connect();
        RawAnswer.write(channel, "POST /silent" + UPGRADE);
        RawAnswer.readHead(Channels.newInputStream(channel));
        channel.shutdownOutput();
        assertThat(gone).isNotDone();
        channel.close();
        assertThat(gone).succeedsWithin(Duration.ofSeconds(5)).isEqualTo("silent");
    }

    @Test
    void waitSendsItsHeadersAtOnceAndNoticesThatTheClientHasGone() throws IOException {
        try (SocketChannel channel = server.connect()) {
            RawAnswer.write(channel, "POST /wait HTTP/1.1\r\nHost: d\r\nContent-Length: 0\r\n\r\n");
            RawAnswer head = RawAnswer.readHead(Channels.newInputStream(channel));
            assertThat(head.status()).isEqualTo(200);
            assertThat(head.header("transfer-encoding")).isEqualTo("chunked");
        }
        assertThat(gone).succeedsWithin(Duration.ofSeconds(5)).isEqualTo("wait");
    }

    @Test
    void failureInAStreamIsToldInBand() throws IOException {
        assertThat(server.get("/late").body())
                .isEqualTo("6\r\n\"one\"\n\r\n4a\r\n{\"errorDetail\":{\"message\":\"manifest unknown\"},"
                        + "\"error\":\"manifest unknown\"}\n\r\n0\r\n\r\n");
    }

    @Test
    void connectionsCutInTheMiddleLeakNoDescriptor() throws IOException {
        long before = descriptors();
        for (int i = 0; i < 1_000; i++) {
            try (SocketChannel channel = server.connect()) {
                RawAnswer.write(channel, (i % 2 == 0 ? "POST /flood?size=10000000" : "POST /echo") + UPGRADE + "abc");
                RawAnswer.readHead(Channels.newInputStream(channel));
            }
        }
        await().atMost(Duration.ofSeconds(20)).untilAsserted(() -> {
            assertThat(server.connections().count()).isZero();
            assertThat(descriptors()).isLessThan(before + 10);
        });
    }

    private static long descriptors() throws IOException {
        try (Stream<Path> open = Files.list(Path.of("/proc/self/fd"))) {
            return open.count();
        }
    }

    @Test
    void largeEchoArrivesWhole() throws Exception {
        long size = 200L * 1024 * 1024;
        try (SocketChannel channel = server.connect()) {
            RawAnswer.write(channel, "POST /echo" + UPGRADE);
            RawAnswer.readHead(Channels.newInputStream(channel));
            long start = System.nanoTime();
            Thread writer = new Thread(() -> pump(channel, size));
            writer.start();
            assertThat(drain(channel)).isEqualTo(size + 3);
            report("echo", size, start);
            writer.join(10_000);
        }
    }

    @Test
    void largeOutputArrivesWhole() throws Exception {
        long size = 400L * 1024 * 1024;
        try (SocketChannel channel = server.connect()) {
            RawAnswer.write(channel, "POST /flood?size=" + size + UPGRADE);
            RawAnswer.readHead(Channels.newInputStream(channel));
            long start = System.nanoTime();
            assertThat(drain(channel)).isEqualTo(size);
            report("out", size, start);
        }
    }

    private static void pump(SocketChannel channel, long size) {
        try {
            ByteBuffer buffer = ByteBuffer.allocateDirect(PIECE);
            for (long left = size; left > 0; left -= buffer.capacity()) {
                buffer.clear();
                while (buffer.hasRemaining()) {
                    channel.write(buffer);
                }
            }
            channel.shutdownOutput();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private static long drain(SocketChannel channel) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocateDirect(PIECE);
        long total = 0;
        for (int count = channel.read(buffer); count >= 0; count = channel.read(buffer)) {
            total += count;
            buffer.clear();
        }
        return total;
    }

    private static void report(String what, long size, long start) {
        System.out.printf("%s: %.0f MB/s%n", what, size / 1e6 / ((System.nanoTime() - start) / 1e9));
    }
}
