package dev.gantry.daemon.service.health;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gantry.daemon.service.health.HealthWatch.Outcome;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.Random;
import org.apache.catalina.LifecycleException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NetworkProberTests {

    private static final Duration LONG = Duration.ofSeconds(20);
    private static final Duration SHORT = Duration.ofMillis(200);

    private static Outcome probe(Probe probe, Duration timeout) {
        return NetworkProber.probe(probe, SocketChannel::open, timeout);
    }

    private static ProbeAddress local(int port) {
        return new ProbeAddress("localhost", port);
    }

    /** Serves one connection with fixed bytes, and closes it or keeps it open until the client goes. */
    private static Outcome httpAnswer(String answer, boolean close, Duration timeout) throws IOException {
        try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Thread thread = new Thread(() -> serve(server, answer, close));
            thread.setDaemon(true);
            thread.start();
            return probe(new Probe.Http(local(server.getLocalPort()), "/x?y"), timeout);
        }
    }

    private static void serve(ServerSocket server, String answer, boolean close) {
        try (Socket socket = server.accept()) {
            byte[] request = new byte[1024];
            int length = socket.getInputStream().read(request);
            String text = new String(request, 0, length, ISO_8859_1);
            socket.getOutputStream()
                    .write((text.startsWith("GET /x?y HTTP/1.1\r\nHost: localhost:") ? answer : "wrong request")
                            .getBytes(ISO_8859_1));
            if (!close) {
                int unused = socket.getInputStream().read();
            }
        } catch (IOException e) {
            return;
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "200 OK | 0",
                "204 No Content | 0",
                "302 Found | 0",
                "399 Odd | 0",
                "400 Bad | 1",
                "503 Down | 1",
                "199 Odd | 1"
            })
    void theStatusOfAnAnswerIsTheVerdict(String status, int exitCode) throws IOException {
        Outcome outcome = httpAnswer(
                "HTTP/1.1 " + status + "\r\nLocation: http://192.0.2.1/\r\nContent-Length: 4\r\n\r\nbody", false, LONG);
        assertThat(outcome.exitCode()).as(outcome.output()).isEqualTo(exitCode);
        assertThat(outcome.output())
                .startsWith("HTTP/1.1 " + status.lines().findFirst().orElseThrow())
                .endsWith("\nbody");
    }

    @Test
    void answersThatAreNoneOrTooLong() throws IOException {
        assertThat(httpAnswer("", true, LONG)).isEqualTo(new Outcome(1, "no answer"));
        assertThat(httpAnswer("SSH-2.0-x\r\n\r\n", true, LONG))
                .isEqualTo(new Outcome(1, "not an answer of HTTP/1: SSH-2.0-x"));
        assertThat(httpAnswer("HTTP/1.1 200 OK\r\nX: " + "x".repeat(1 << 20), false, LONG)
                        .exitCode())
                .isZero();
        Outcome endless =
                httpAnswer("HTTP/1.1 200 OK\r\nContent-Length: 99999999\r\n\r\n" + "x".repeat(1 << 20), false, LONG);
        assertThat(endless.output()).hasSizeLessThan(8192);
        assertThat(httpAnswer("HTTP/1.1 200", false, SHORT))
                .isEqualTo(new Outcome(-1, "Health check exceeded timeout (200ms)"));
    }

    @Test
    void aConnectionIsEnoughForTcpAndItsRefusalIsAFailure() throws IOException {
        int port;
        try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getAllByName("::1")[0])) {
            port = server.getLocalPort();
            assertThat(probe(new Probe.Tcp(local(port)), LONG).exitCode()).isZero();
        }
        Outcome refused = probe(new Probe.Tcp(local(port)), LONG);
        assertThat(refused.exitCode()).isEqualTo(1);
        assertThat(refused.output()).contains("localhost:" + port).contains("refused");
    }

    @Test
    void grpcServersAreAskedForTheHealthOfAService(@TempDir Path directory) throws LifecycleException {
        try (GrpcServer server = new GrpcServer(directory)) {
            assertThat(grpc(server, "")).isEqualTo(new Outcome(0, "SERVING"));
            assertThat(grpc(server, "well")).isEqualTo(new Outcome(0, "SERVING"));
            assertThat(grpc(server, "ill")).isEqualTo(new Outcome(1, "NOT_SERVING"));
            assertThat(grpc(server, "other")).isEqualTo(new Outcome(1, "gRPC status 5 unknown service"));
        }
    }

    private static Outcome grpc(GrpcServer server, String service) {
        return probe(new Probe.Grpc(local(server.port()), service), LONG);
    }

    @Test
    void whatIsNoGrpcServerFails() throws IOException {
        try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Thread thread = new Thread(() -> serve(server, "HTTP/1.1 400 Bad Request\r\n\r\n", true));
            thread.setDaemon(true);
            thread.start();
            assertThat(probe(new Probe.Grpc(local(server.getLocalPort()), ""), LONG)
                            .exitCode())
                    .isEqualTo(1);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "f1e3c2e5f23a6ba0ab90f4ff, www.example.com",
        "a8eb10649cbf, no-cache",
        "25a849e95ba97d7f, custom-key",
        "25a849e95bb8e8b4bf, custom-value",
        "9d29ad171863c78f0b97c8e9ae82ae43d3, https://www.example.com"
    })
    void theCodeOfTheRfcsExamplesIsRead(String coded, String text) throws IOException {
        assertThat(HuffmanText.decode(HexFormat.of().parseHex(coded))).isEqualTo(text);
    }

    @Test
    void headersAreReadAsTheyAreWrittenAndRubbishIsRefused() throws IOException {
        String value = "v".repeat(300);
        Map<String, String> read = new HashMap<>();
        HeaderBlock.read(
                new HeaderBlock().add("name", value).add("grpc-status", "0").bytes(), read);
        assertThat(read).isEqualTo(Map.of("name", value, "grpc-status", "0"));
        read.clear();
        HeaderBlock.read(HexFormat.of().parseHex("2088"), read);
        assertThat(read).isEqualTo(Map.of(":status", "200"));
        assertThatThrownBy(() -> HeaderBlock.read(HexFormat.of().parseHex("be"), new HashMap<>()))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("entry 62");
        Random random = new Random(7);
        for (int i = 0; i < 20_000; i++) {
            byte[] bytes = new byte[random.nextInt(40)];
            random.nextBytes(bytes);
            try {
                HeaderBlock.read(bytes, new HashMap<>());
            } catch (IOException refused) {
                assertThat(refused.getMessage()).contains("headers");
            }
        }
    }
}
