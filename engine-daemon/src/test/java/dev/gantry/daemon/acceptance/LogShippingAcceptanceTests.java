package dev.gantry.daemon.acceptance;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Output reaches servers of the test's own, also what was written while no daemon ran. */
class LogShippingAcceptanceTests {

    private static final String IMAGE = "test/busybox";
    private static final Duration LONG = Duration.ofMinutes(1);

    private TestDaemon daemon;

    @BeforeEach
    void start() {
        Needs.root();
        Needs.program("docker", "the command line this engine must satisfy");
        daemon = TestDaemon.start();
        daemon.docker("import", "-", IMAGE).reading(TestImage.busybox()).run().ok();
    }

    @AfterEach
    void stop() throws IOException {
        if (daemon != null) {
            daemon.close();
        }
    }

    private String docker(String... arguments) {
        return daemon.docker(arguments).run().ok();
    }

    /** A syslog server over TCP that keeps what it is told. */
    private static final class Server implements AutoCloseable {
        private final ServerSocket socket;
        private final List<String> lines = Collections.synchronizedList(new ArrayList<>());
        private final List<Socket> clients = Collections.synchronizedList(new ArrayList<>());

        Server(int port) throws IOException {
            socket = new ServerSocket(port, 50, InetAddress.getLoopbackAddress());
            new Thread(this::accept).start();
        }

        private void accept() {
            try {
                while (true) {
                    Socket client = socket.accept();
                    clients.add(client);
                    new Thread(() -> read(client)).start();
                }
            } catch (IOException closed) {
                return;
            }
        }

        private void read(Socket client) {
            try (BufferedReader reader = new BufferedReader(new InputStreamReader(client.getInputStream(), UTF_8))) {
                for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                    lines.add(line);
                }
            } catch (IOException closed) {
                return;
            }
        }

        List<String> messages() {
            synchronized (lines) {
                return lines.stream()
                        .map(line -> line.substring(line.indexOf("]: ") + 3))
                        .toList();
            }
        }

        @Override
        public void close() throws IOException {
            socket.close();
            for (Socket client : List.copyOf(clients)) {
                client.close();
            }
        }
    }

    private static List<String> numbers(int to) {
        return IntStream.rangeClosed(1, to).mapToObj(Integer::toString).toList();
    }

    @Test
    void syslogOverTcpGetsEveryLineAlsoThoseWrittenWhileTheDaemonWasDead() throws IOException {
        try (Server server = new Server(0)) {
            String id = docker(
                    "run",
                    "-d",
                    "--name",
                    "shipped",
                    "--log-driver",
                    "syslog",
                    "--log-opt",
                    "syslog-address=tcp://127.0.0.1:" + server.socket.getLocalPort(),
                    "--log-opt",
                    "syslog-facility=local3",
                    "--log-opt",
                    "tag={{.Name}}",
                    IMAGE,
                    "sh",
                    "-c",
                    "seq 1 30; sleep 5; seq 31 300; echo oops >&2");
            Awaitility.await().until(() -> server.messages().size() == 30);
            daemon.kill();
            Awaitility.await("the container ends without a daemon")
                    .atMost(LONG)
                    .until(() -> Files.exists(
                            daemon.execRoot().resolve("containers").resolve(id).resolve("exit")));
            daemon.launch();
            Awaitility.await("the rest comes")
                    .atMost(LONG)
                    .until(() -> server.messages().contains("oops"));

            List<String> once = server.messages().stream().distinct().toList();
            assertThat(once.subList(0, 300)).isEqualTo(numbers(300));
            assertThat(server.lines.get(0)).matches("<158>[A-Z][a-z]{2} [ 0-9]{2} [0-9:]{8} shipped\\[[0-9]+\\]: 1");
            assertThat(server.lines).anyMatch(line -> line.startsWith("<155>") && line.endsWith("oops"));
            assertThat(docker("logs", id).lines()).hasSizeGreaterThanOrEqualTo(300);
        }
    }

    @Test
    void deadServerHoldsUpNobodyAndGetsAllWhenItIsBack() throws IOException {
        Server server = new Server(0);
        int port = server.socket.getLocalPort();
        String id = docker(
                "run",
                "-d",
                "--log-driver",
                "syslog",
                "--log-opt",
                "syslog-address=tcp://127.0.0.1:" + port,
                IMAGE,
                "sh",
                "-c",
                "while [ ! -e /go ]; do sleep 0.05; done; seq 1 2000");
        server.close();
        docker("exec", id, "touch", "/go");
        assertThat(docker("wait", id)).isEqualTo("0");
        assertThat(docker("logs", "--tail", "1", id)).isEqualTo("2000");
        assertThat(daemon.docker(
                                "run",
                                "--log-driver",
                                "syslog",
                                "--log-opt",
                                "syslog-address=tcp://127.0.0.1:" + port,
                                IMAGE,
                                "true")
                        .run()
                        .err())
                .contains("failed to initialize logging driver: dial tcp 127.0.0.1:" + port
                        + ": connect: connection refused");
        try (Server back = new Server(port)) {
            Awaitility.await().atMost(LONG).until(() -> back.messages().contains("2000"));

            assertThat(back.messages()).isEqualTo(numbers(2000));
        }
    }

    @Test
    void syslogOverUdpGetsOneDatagramForEachLine() throws IOException {
        try (DatagramSocket server = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
            server.setSoTimeout((int) LONG.toMillis());
            docker(
                    "run",
                    "--rm",
                    "--log-driver",
                    "syslog",
                    "--log-opt",
                    "syslog-format=rfc5424",
                    "--log-opt",
                    "syslog-address=udp://127.0.0.1:" + server.getLocalPort(),
                    IMAGE,
                    "echo",
                    "one");
            DatagramPacket packet = new DatagramPacket(new byte[1024], 1024);
            server.receive(packet);

            assertThat(new String(packet.getData(), 0, packet.getLength(), UTF_8))
                    .matches("<30>1 [0-9-]{10}T[0-9:]{8}\\S+ \\S+ [0-9a-f]{12} [0-9]+ [0-9a-f]{12} - one\n");
        }
    }

    @Test
    void journalGetsDockersFields() throws IOException {
        Path socket = Path.of("/run/systemd/journal/socket");
        org.junit.jupiter.api.Assumptions.assumeFalse(Files.exists(socket), "this host has a journal of its own");
        Needs.program("python3", "a journal of the test's own");
        Files.createDirectories(socket.getParent());
        Process journal = new ProcessBuilder(
                        "python3",
                        "-c",
                        "import socket,sys\ns=socket.socket(socket.AF_UNIX,socket.SOCK_DGRAM)\ns.bind('" + socket
                                + "')\n" + "sys.stdout.buffer.write(s.recv(65536)); sys.stdout.flush()")
                .start();
        try {
            Awaitility.await().until(() -> Files.exists(socket));
            docker("run", "-d", "--name", "noted", "--log-driver", "journald", IMAGE, "echo", "hello");
            String datagram = new String(journal.getInputStream().readAllBytes(), UTF_8);

            assertThat(datagram).contains("MESSAGE\n", "hello\n", "CONTAINER_NAME\n", "noted\n", "IMAGE_NAME\n", IMAGE);
            assertThat(docker("logs", "noted")).isEqualTo("hello");
        } finally {
            journal.destroyForcibly();
            Files.deleteIfExists(socket);
        }
    }
}
