package dev.gantry.daemon.acceptance;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.StandardProtocolFamily;
import java.net.URI;
import java.net.UnixDomainSocketAddress;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;

/** Attaching with the JDK's own WebSocket client, through a bridge to the Unix socket. */
@TestInstance(Lifecycle.PER_CLASS)
class WebSocketAcceptanceTests {

    private static final String IMAGE = "test/busybox";

    private TestDaemon daemon;
    private Bridge bridge;

    @BeforeAll
    void start() throws IOException {
        Needs.root();
        Needs.program("docker", "the command line this engine must satisfy");
        daemon = TestDaemon.start();
        daemon.docker("import", "-", IMAGE).reading(TestImage.busybox()).run().ok();
        bridge = new Bridge(daemon);
    }

    @AfterAll
    void stop() throws IOException {
        if (daemon != null) {
            bridge.close();
            daemon.close();
        }
    }

    private String docker(String... arguments) {
        return daemon.docker(arguments).run().ok();
    }

    private Client attach(String container, String query) throws Exception {
        Client client = new Client();
        client.socket = HttpClient.newHttpClient()
                .newWebSocketBuilder()
                .connectTimeout(Duration.ofSeconds(30))
                .buildAsync(
                        URI.create("ws://127.0.0.1:" + bridge.port() + "/v1.51/containers/" + container + "/attach/ws?"
                                + query),
                        client)
                .get(30, TimeUnit.SECONDS);
        return client;
    }

    @Test
    void whatIsSentComesBackAndTheEndOfTheContainerClosesIt() throws Exception {
        String container = docker("run", "-di", IMAGE, "sh", "-c", "read line; echo out $line; echo err >&2; exit 3");
        Client client = attach(container, "stream=1&stdin=1&stdout=1&stderr=1");
        client.socket.sendText("hel", false).get(10, TimeUnit.SECONDS);
        client.socket.sendPing(ByteBuffer.wrap("are you there".getBytes(UTF_8))).get(10, TimeUnit.SECONDS);
        assertThat(client.pong.get(10, TimeUnit.SECONDS)).isEqualTo("are you there");
        client.socket.sendText("lo\n", true).get(10, TimeUnit.SECONDS);
        assertThat(client.closed.get(20, TimeUnit.SECONDS)).isEqualTo(WebSocket.NORMAL_CLOSURE);
        assertThat(client.text()).contains("out hello\n").contains("err\n");
        assertThat(docker("wait", container)).isEqualTo("3");
    }

    @Test
    void largeOutputArrivesWholeInBinaryMessages() throws Exception {
        String container = docker("create", "-i", IMAGE, "sh", "-c", "seq 1 300000");
        Client client = attach(container, "stream=1&stdout=1");
        docker("start", container);
        client.closed.get(60, TimeUnit.SECONDS);
        assertThat(client.text())
                .startsWith("1\n2\n")
                .endsWith("299999\n300000\n")
                .hasSize(1_988_895);
    }

    @Test
    void logsAreReplayedAndStreamsAreChosen() throws Exception {
        String container = docker("run", "-d", IMAGE, "sh", "-c", "echo out; echo err >&2");
        docker("wait", container);
        Client both = attach(container, "logs=1&stdout=1&stderr=1");
        both.closed.get(20, TimeUnit.SECONDS);
        assertThat(both.text()).contains("out\n").contains("err\n");
        Client one = attach(container, "logs=1&stderr=1");
        one.closed.get(20, TimeUnit.SECONDS);
        assertThat(one.text()).isEqualTo("err\n");
    }

    @Test
    void terminalIsLeftByItsKeysAndByClosingAndLivesOn() throws Exception {
        String container = docker("run", "-dit", IMAGE, "sh");
        Client client = attach(container, "stream=1&stdin=1&stdout=1&detachKeys=ctrl-a,x");
        client.socket.sendText("echo $((6*7))\n", true).get(10, TimeUnit.SECONDS);
        Awaitility.await()
                .atMost(Duration.ofSeconds(10))
                .until(() -> client.text().contains("42"));
        client.socket.sendText("\u0001x", true).get(10, TimeUnit.SECONDS);
        client.closed.get(10, TimeUnit.SECONDS);
        Map<String, Long> before = HostState.of(daemon);
        for (int i = 0; i < 20; i++) {
            Client again = attach(container, "stream=1&stdin=1&stdout=1");
            again.socket.sendClose(WebSocket.NORMAL_CLOSURE, "enough").get(10, TimeUnit.SECONDS);
            assertThat(again.closed.get(10, TimeUnit.SECONDS)).isEqualTo(WebSocket.NORMAL_CLOSURE);
            attach(container, "stream=1&stdout=1").socket.abort();
        }
        Awaitility.await("no descriptor is left")
                .atMost(Duration.ofSeconds(20))
                .untilAsserted(() -> assertThat(HostState.of(daemon).get("descriptors"))
                        .isLessThanOrEqualTo(before.get("descriptors")));
        assertThat(docker("inspect", "-f", "{{.State.Running}}", container)).isEqualTo("true");
        docker("rm", "-f", container);
    }

    @Test
    void whatAsksForNoWebSocketIsRefused() throws IOException {
        String container = docker("run", "-d", IMAGE, "sleep", "1000");
        Http http = new Http(daemon);
        assertThat(http.get("/containers/" + container + "/attach/ws?stream=1").status())
                .isEqualTo(400);
        assertThat(http.get("/containers/nosuch/attach/ws?stream=1").status()).isEqualTo(404);
        docker("rm", "-f", container);
    }

    /** Collects what comes. */
    private static final class Client implements WebSocket.Listener {

        private final ByteArrayOutputStream received = new ByteArrayOutputStream();
        private final CompletableFuture<Integer> closed = new CompletableFuture<>();
        private final CompletableFuture<String> pong = new CompletableFuture<>();

        @SuppressWarnings("NullAway.Init")
        private WebSocket socket;

        synchronized String text() {
            return received.toString(UTF_8);
        }

        @Override
        public synchronized @Nullable CompletionStage<?> onBinary(WebSocket from, ByteBuffer data, boolean last) {
            byte[] bytes = new byte[data.remaining()];
            data.get(bytes);
            received.writeBytes(bytes);
            from.request(1);
            return null;
        }

        @Override
        public @Nullable CompletionStage<?> onPong(WebSocket from, ByteBuffer message) {
            pong.complete(UTF_8.decode(message).toString());
            from.request(1);
            return null;
        }

        @Override
        public @Nullable CompletionStage<?> onClose(WebSocket from, int code, String reason) {
            closed.complete(code);
            return null;
        }

        @Override
        public void onError(WebSocket from, Throwable error) {
            closed.completeExceptionally(error);
        }
    }

    /** Carries TCP connections to the daemon's Unix socket. */
    private static final class Bridge implements AutoCloseable {

        private final ServerSocket server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        private final TestDaemon daemon;

        Bridge(TestDaemon daemon) throws IOException {
            this.daemon = daemon;
            inBackground(() -> {
                while (true) {
                    connect(server.accept());
                }
            });
        }

        int port() {
            return server.getLocalPort();
        }

        private void connect(Socket tcp) throws IOException {
            SocketChannel unix = SocketChannel.open(StandardProtocolFamily.UNIX);
            unix.connect(UnixDomainSocketAddress.of(daemon.socket()));
            inBackground(() -> {
                try (tcp;
                        unix) {
                    Channels.newInputStream(unix).transferTo(tcp.getOutputStream());
                }
            });
            inBackground(() -> {
                try (tcp;
                        unix) {
                    ByteBuffer buffer = ByteBuffer.allocate(8192);
                    for (int n = tcp.getInputStream().read(buffer.array());
                            n >= 0;
                            n = tcp.getInputStream().read(buffer.array())) {
                        unix.write(buffer.position(0).limit(n));
                        buffer.clear();
                    }
                }
            });
        }

        private interface Work {
            void run() throws IOException;
        }

        private static void inBackground(Work work) {
            Thread thread = new Thread(() -> {
                try {
                    work.run();
                } catch (IOException closed) {
                    return;
                }
            });
            thread.setDaemon(true);
            thread.start();
        }

        @Override
        public void close() throws IOException {
            server.close();
        }
    }
}
