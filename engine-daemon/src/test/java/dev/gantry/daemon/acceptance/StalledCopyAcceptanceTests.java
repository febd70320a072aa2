package dev.gantry.daemon.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Random;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** A client that stops in the middle of a copy keeps nobody from the container, and gets all of it in the end. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class StalledCopyAcceptanceTests {

    private static final String IMAGE = "test/busybox";

    /** More than both ends of a socket hold. */
    private static final int SIZE = 24_000_000;

    private TestDaemon daemon;
    private Path big;

    @BeforeAll
    void start(@TempDir Path directory) throws IOException {
        Needs.root();
        Needs.program("docker", "the command line this engine must satisfy");
        daemon = TestDaemon.start();
        daemon.docker("import", "-", IMAGE).reading(TestImage.busybox()).run().ok();
        byte[] content = new byte[SIZE];
        new Random(4).nextBytes(content);
        big = Files.write(directory.resolve("big"), content);
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

    private String stoppedWithBigFile(String name) {
        docker("create", "--name", name, "-v", "/anonymous", IMAGE, "sleep", "1000");
        docker("cp", big.toString(), name + ":/data/big");
        return name;
    }

    private SocketChannel stalledReader(String container) throws IOException {
        SocketChannel reader =
                new Http(daemon).begin("GET", "/containers/" + container + "/archive?path=/data/big", "");
        ByteBuffer first = ByteBuffer.allocate(12);
        while (first.hasRemaining()) {
            assertThat(reader.read(first)).isPositive();
        }
        assertThat(new String(first.array(), StandardCharsets.US_ASCII)).isEqualTo("HTTP/1.1 200");
        return reader;
    }

    @Test
    void whileAReaderStallsTheContainerIsStartedStoppedAndStartedAgain() throws IOException {
        String container = stoppedWithBigFile("read");
        try (SocketChannel reader = stalledReader(container)) {
            docker("start", container);
            assertThat(docker("inspect", "-f", "{{.State.Status}}", container)).isEqualTo("running");
            docker("exec", container, "sh", "-c", "echo changed >/data/seed");
            docker("stop", "-t", "0", container);
            docker("start", container);
            assertThat(docker("exec", container, "cat", "/data/seed")).isEqualTo("changed");
            docker("stop", "-t", "0", container);
            assertWhole(reader);
        }
        docker("start", container);
        assertThat(docker("exec", container, "sh", "-c", "wc -c </data/big")).isEqualTo(Integer.toString(SIZE));
        docker("rm", "-fv", container);
    }

    @Test
    void whatIsRemovedWhileAReaderStallsIsReadToItsEndAndThenGoes() throws IOException {
        Map<String, Long> before = HostState.settled(daemon);
        before.remove("descriptors");
        String container = stoppedWithBigFile("removed");
        try (SocketChannel reader = stalledReader(container)) {
            docker("rm", "-v", container);
            assertThat(docker("ps", "-aq", "-f", "name=removed")).isEmpty();
            assertThat(daemon.docker("inspect", container).run().err()).containsIgnoringCase("no such object");
            assertWhole(reader);
        }
        HostState.awaitAs(before, daemon, "after the last reader");
    }

    @Test
    void aReaderThatGoesLeavesNothing() throws IOException {
        Map<String, Long> before = HostState.settled(daemon);
        before.remove("descriptors");
        String container = stoppedWithBigFile("left");
        try (SocketChannel reader = stalledReader(container)) {
            assertThat(reader.isOpen()).isTrue();
        }
        docker("rm", "-v", container);
        HostState.awaitAs(before, daemon, "after a reader that went");
    }

    @Test
    void whileAWriterStallsTheContainerIsStartedAndRemoved() throws IOException {
        String container = stoppedWithBigFile("written");
        try (SocketChannel writer = new Http(daemon)
                .begin(
                        "PUT",
                        "/containers/" + container + "/archive?path=/tmp",
                        "Content-Type: application/x-tar\r\nContent-Length: 10000000\r\n")) {
            Http.write(writer, Arrays.copyOf(TestImage.busybox(), 1_000_000));
            docker("start", container);
            assertThat(docker("exec", container, "echo", "works")).isEqualTo("works");
            docker("rm", "-fv", container);
        }
        assertThat(daemon.docker("start", container).run().err()).contains("No such container");
    }

    private void assertWhole(SocketChannel reader) throws IOException {
        byte[] answer = Http.unchunked(Http.rest(reader));
        try (TarArchiveInputStream tar = new TarArchiveInputStream(new ByteArrayInputStream(answer))) {
            TarArchiveEntry entry = tar.getNextEntry();
            assertThat(entry.getName()).isEqualTo("big");
            assertThat(Arrays.equals(tar.readAllBytes(), Files.readAllBytes(big)))
                    .as("the same bytes come out")
                    .isTrue();
            assertThat(tar.getNextEntry()).isNull();
        }
    }
}
