package dev.gantry.daemon.acceptance;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;

/** Hundreds of clients that wait, follow and never read: the daemon answers others and forgets them when they go. */
@TestInstance(Lifecycle.PER_CLASS)
class ManyClientsAcceptanceTests {

    private static final String IMAGE = "test/busybox";
    private static final int CLIENTS = Integer.getInteger("gantry.test.clients", 300);
    private static final int DISCONNECTS = Integer.getInteger("gantry.test.disconnects", 200);

    private TestDaemon daemon;
    private Http http;

    @BeforeAll
    void start() {
        Needs.root();
        Needs.program("docker", "the command line this engine must satisfy");
        daemon = TestDaemon.start();
        http = new Http(daemon);
        daemon.docker("import", "-", IMAGE).reading(TestImage.busybox()).run().ok();
    }

    @AfterAll
    void stop() throws IOException {
        if (daemon != null) {
            daemon.close();
        }
    }

    private String docker(String... arguments) {
        return daemon.docker(arguments).run().ok();
    }

    private SocketChannel send(String method, String path) throws IOException {
        SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX);
        channel.connect(UnixDomainSocketAddress.of(daemon.socket()));
        channel.write(ByteBuffer.wrap(
                (method + " " + path + " HTTP/1.1\r\nHost: gantry\r\nContent-Length: 0\r\n\r\n").getBytes(UTF_8)));
        return channel;
    }

    private static String head(SocketChannel channel) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(8192);
        channel.read(bytes);
        return new String(bytes.array(), 0, bytes.position(), UTF_8);
    }

    private static void close(List<SocketChannel> channels) throws IOException {
        for (SocketChannel channel : channels) {
            channel.close();
        }
    }

    /** Followers of events, waits and logs in equal parts. */
    @Test
    void hundredsOfWaitersAreServedWhileOthersAreAnswered() throws Exception {
        String container = docker("run", "-d", IMAGE, "sh", "-c", "echo begin; sleep 1000");
        docker("ps");
        Map<String, Long> before = HostState.of(daemon);
        long memory = residentKilobytes();
        List<SocketChannel> clients = new ArrayList<>();
        for (int i = 0; i < CLIENTS; i++) {
            clients.add(
                    switch (i % 3) {
                        case 0 -> send("POST", "/containers/" + container + "/wait");
                        case 1 -> send("GET", "/events");
                        default -> send("GET", "/containers/" + container + "/logs?follow=1&stdout=1");
                    });
        }
        for (SocketChannel client : clients) {
            assertThat(head(client)).startsWith("HTTP/1.1 200");
        }
        long each = (residentKilobytes() - memory) / CLIENTS;
        assertThat(each).as("KiB for each client").isLessThan(512);
        assertThat(http.get("/containers/json").body()).contains(container);
        assertThat(docker("run", "--rm", IMAGE, "echo", "others go on")).isEqualTo("others go on");
        docker("rm", "-f", container);
        for (int i = 0; i < CLIENTS; i += 3) {
            assertThat(head(clients.get(i))).contains("\"StatusCode\":137");
        }
        close(clients);
        Awaitility.await("no connection is left")
                .atMost(Duration.ofSeconds(60))
                .untilAsserted(() -> assertThat(HostState.of(daemon).get("descriptors"))
                        .isLessThanOrEqualTo(before.getOrDefault("descriptors", 0L) + 10));
    }

    private long residentKilobytes() throws IOException {
        return Files.readAllLines(Path.of("/proc", Long.toString(daemon.pid()), "status")).stream()
                .filter(line -> line.startsWith("VmRSS"))
                .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void clientsThatGoInTheMiddleLeaveNothing() throws Exception {
        String container = docker("run", "-di", IMAGE, "cat");
        send("POST", "/containers/" + container + "/attach?stream=1&stdout=1").close();
        docker("ps");
        Map<String, Long> before = HostState.of(daemon);
        for (int i = 0; i < DISCONNECTS; i++) {
            SocketChannel attached = send(
                    "POST",
                    "/containers/" + container + "/attach?stream=1&stdout=1&stderr=1" + (i % 2 == 0 ? "&stdin=1" : ""));
            if (i % 3 != 0) {
                assertThat(head(attached)).startsWith("HTTP/1.1 200");
            }
            attached.close();
        }
        Awaitility.await("nothing is left").atMost(Duration.ofSeconds(60)).untilAsserted(() -> {
            Map<String, Long> now = HostState.of(daemon);
            assertThat(now.get("descriptors")).isLessThanOrEqualTo(before.getOrDefault("descriptors", 0L) + 10);
            assertThat(now.get("processes")).isEqualTo(before.get("processes"));
        });
        assertThat(docker("inspect", "-f", "{{.State.Running}}", container)).isEqualTo("true");
        docker("rm", "-f", container);
    }

    /** A container, an exec and a log whose clients take nothing; each has more to say than sockets hold. */
    @Test
    void clientsThatNeverReadStallOnlyThemselves() throws Exception {
        String container = docker(
                "run",
                "-d",
                "--log-opt",
                "max-size=1g",
                IMAGE,
                "sh",
                "-c",
                "sleep 1; yes | head -c 5000000; sleep 1000");
        List<SocketChannel> deaf = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            deaf.add(send("GET", "/containers/" + container + "/logs?follow=1&stdout=1"));
            String exec = http.post(
                            "/containers/" + container + "/exec",
                            "{\"AttachStdout\":true,\"Cmd\":[\"yes\",\"never read " + i + "\"]}")
                    .id();
            SocketChannel started = SocketChannel.open(StandardProtocolFamily.UNIX);
            started.connect(UnixDomainSocketAddress.of(daemon.socket()));
            started.write(ByteBuffer.wrap(("POST /exec/" + exec
                            + "/start HTTP/1.1\r\nHost: g\r\nContent-Type: application/json\r\nContent-Length: 2\r\n\r\n{}")
                    .getBytes(UTF_8)));
            deaf.add(started);
        }
        assertThat(docker("exec", container, "echo", "hears")).isEqualTo("hears");
        assertThat(docker("run", "--rm", IMAGE, "echo", "other")).isEqualTo("other");
        Awaitility.await("a reader gets all of it")
                .atMost(Duration.ofSeconds(60))
                .until(() -> daemon.docker("logs", container).run().bytes().length == 5_000_000);
        deaf.add(send("POST", "/containers/" + container + "/attach?stream=1&stdout=1"));
        docker("stop", "-t", "0", container);
        assertThat(docker("inspect", "-f", "{{.State.Status}}", container)).isEqualTo("exited");
        docker("rm", container);
        close(deaf);
        assertThat(ProcessHandle.allProcesses()
                        .filter(p -> p.info()
                                .command()
                                .filter(c -> c.endsWith("/yes"))
                                .isPresent()))
                .isEmpty();
    }
}
