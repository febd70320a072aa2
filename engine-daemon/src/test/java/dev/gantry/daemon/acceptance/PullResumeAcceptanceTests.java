package dev.gantry.daemon.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Random;
import java.util.stream.Stream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A pull that the daemon's death cuts short goes on where it was, when it is asked for again. */
class PullResumeAcceptanceTests {

    private static final int LAYER = 24_000_000;
    private static final int HELD_AFTER = 12_000_000;

    /** Manifests, the configuration and the heads of answers. */
    private static final int BESIDE_THE_LAYER = 200_000;

    private TestDaemon daemon;
    private LocalRegistry registry;
    private HeldProxy proxy;

    @BeforeEach
    void start(@TempDir Path directory) throws IOException {
        Needs.root();
        Needs.program("docker", "the command line this engine must satisfy");
        LocalRegistry.require();
        daemon = TestDaemon.start();
        registry = LocalRegistry.start();
        proxy = HeldProxy.start(registry.port(), HELD_AFTER);
        Path archive = directory.resolve("big.tar");
        byte[] content = new byte[LAYER];
        new Random(10).nextBytes(content);
        try (TarArchiveOutputStream tar = new TarArchiveOutputStream(Files.newOutputStream(archive))) {
            TarArchiveEntry entry = new TarArchiveEntry("big");
            entry.setSize(content.length);
            tar.putArchiveEntry(entry);
            tar.write(content);
            tar.closeArchiveEntry();
        }
        registry.push(archive, "big:1");
    }

    @AfterEach
    void stop() throws IOException {
        if (daemon != null) {
            daemon.close();
        }
        if (proxy != null) {
            proxy.close();
        }
        if (registry != null) {
            registry.close();
        }
    }

    /** Bytes of blobs that have begun to come. */
    private long stored() {
        try (Stream<Path> files = Files.list(daemon.dataRoot().resolve("content/ingest"))) {
            return files.mapToLong(PullResumeAcceptanceTests::size).sum();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static long size(Path file) {
        try {
            return Files.size(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void bytesThatWereStoredAreNotFetchedAgain() throws Exception {
        String name = "127.0.0.1:" + proxy.port() + "/big:1";
        Process first = new ProcessBuilder("docker", "-H", "unix://" + daemon.socket(), "pull", "-q", name)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        long[] last = {-1};
        Awaitility.await("half of the layer has come and no more comes")
                .atMost(Duration.ofSeconds(60))
                .pollInterval(Duration.ofMillis(500))
                .until(() -> {
                    long before = last[0];
                    last[0] = stored();
                    return proxy.passed() > HELD_AFTER && last[0] > HELD_AFTER / 2 && last[0] == before;
                });
        daemon.kill();
        assertThat(first.waitFor()).isNotZero();
        long kept = stored();
        long before = proxy.passed();
        proxy.release();
        daemon.launch();
        assertThat(daemon.docker("images", "-q").run().ok()).isEmpty();

        daemon.docker("pull", "-q", name).run().ok();

        assertThat(kept).isGreaterThan(HELD_AFTER / 2);
        // what was on its way to the daemon that died is counted, and was fetched in vain
        assertThat(proxy.passed() - before).isLessThan(LAYER - kept + BESIDE_THE_LAYER + inFlight(before, kept));
        assertThat(stored()).isZero();
        assertThat(daemon.docker("images", "--format", "{{.Repository}}:{{.Tag}}")
                        .run()
                        .ok())
                .isEqualTo(name);
    }

    /** Bytes that had passed and were not stored: they come again, and a part of them is counted only after the death. */
    private static long inFlight(long passed, long kept) {
        return Math.max(0, passed - kept);
    }
}
