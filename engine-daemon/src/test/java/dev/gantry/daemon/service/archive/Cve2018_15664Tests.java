package dev.gantry.daemon.service.archive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.gantry.daemon.linux.LinuxException;
import dev.gantry.daemon.linux.file.FileCalls;
import dev.gantry.daemon.linux.file.PathBytes;
import dev.gantry.daemon.service.archive.ContainerRoot.Access;
import dev.gantry.daemon.store.layer.ArchiveExtraction.Conflict;
import dev.gantry.daemon.type.EngineException;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A container exchanges a directory for a symbolic link to the host while files are copied in and out: nothing of the host
 * is read or written. Needs root.
 */
class Cve2018_15664Tests {

    private static final Duration ATTACK = Duration.ofSeconds(3);
    private static final String SECRET = "secret of the host";

    @TempDir
    Path directory;

    @Test
    void exchangedDirectoryNeverLeadsToTheHost() throws Exception {
        assumeTrue("root".equals(System.getProperty("user.name")), "needs root to open a container's root");
        Path host = Files.createDirectories(directory.resolve("host"));
        Files.writeString(host.resolve("file"), SECRET);
        Path rootfs = Files.createDirectories(directory.resolve("rootfs"));
        Path target = Files.createDirectories(rootfs.resolve("target"));
        Files.writeString(target.resolve("file"), "of the container");
        Path link = Files.createSymbolicLink(rootfs.resolve("evil"), host);
        ArchiveService service = new ArchiveService();
        byte[] archive = archive(service, rootfs);
        AtomicLong exchanges = new AtomicLong();
        AtomicBoolean stop = new AtomicBoolean();
        Thread attacker = new Thread(() -> exchange(target, link, exchanges, stop));
        attacker.start();
        int copied = 0;
        try (ContainerRoot root = ContainerRoot.stopped(rootfs, Access.READ_WRITE, List.of(), () -> {})) {
            long end = System.nanoTime() + ATTACK.toNanos();
            while (System.nanoTime() < end) {
                copied += attempt(service, root, archive);
                assertThat(host.resolve("file")).hasContent(SECRET);
                assertThat(host.toFile().list()).containsExactly("file");
            }
        } finally {
            stop.set(true);
            attacker.join();
        }
        assertThat(copied).isPositive();
        assertThat(exchanges.get()).isGreaterThan(1000);
    }

    private static byte[] archive(ArchiveService service, Path rootfs) throws IOException {
        try (ContainerRoot root = ContainerRoot.stopped(rootfs, Access.READ_WRITE, List.of(), () -> {})) {
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            service.copyOut(root, service.find(root, "/target/.", "c"), out);
            return out.toByteArray();
        }
    }

    private static int attempt(ArchiveService service, ContainerRoot root, byte[] archive) throws IOException {
        int done = 0;
        try {
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            service.copyOut(root, service.find(root, "/target/file", "c"), out);
            assertThat(out.toString(StandardCharsets.ISO_8859_1)).doesNotContain(SECRET);
            done++;
        } catch (EngineException | LinuxException e) {
            // The directory was a link that leads nowhere just then.
            assertThat(e).hasMessageNotContaining(SECRET);
        }
        try {
            service.copyIn(root, "/target", "c", new ByteArrayInputStream(archive), Conflict.REPLACE, Optional.empty());
            done++;
        } catch (EngineException e) {
            assertThat(e).hasMessageNotContaining(SECRET);
        }
        return done;
    }

    private static void exchange(Path target, Path link, AtomicLong exchanges, AtomicBoolean stop) {
        byte[] one = PathBytes.of(target);
        byte[] other = PathBytes.of(link);
        while (!stop.get()) {
            FileCalls.renameat2(FileCalls.AT_FDCWD, one, FileCalls.AT_FDCWD, other, FileCalls.RENAME_EXCHANGE);
            exchanges.incrementAndGet();
        }
    }
}
