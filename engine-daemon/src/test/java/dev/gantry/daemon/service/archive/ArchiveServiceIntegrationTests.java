package dev.gantry.daemon.service.archive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.gantry.daemon.service.archive.ContainerRoot.Access;
import dev.gantry.daemon.service.archive.ContainerRoot.Mount;
import dev.gantry.daemon.store.layer.ArchiveExtraction.Conflict;
import dev.gantry.daemon.store.layer.ArchiveExtraction.Owner;
import dev.gantry.daemon.type.EngineException;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Needs root: owners, devices and mounts. */
class ArchiveServiceIntegrationTests {

    private final ArchiveService service = new ArchiveService();

    @TempDir
    Path directory;

    private Path rootfs = Path.of("/");

    @BeforeEach
    void prepare() throws IOException {
        assumeTrue("root".equals(System.getProperty("user.name")), "needs root to copy with owners");
        rootfs = Files.createDirectories(directory.resolve("rootfs"));
        Files.createDirectories(rootfs.resolve("data/sub"));
    }

    @Test
    void statusTellsGosModeAndWhereLinksLead() throws IOException {
        Path file = Files.writeString(rootfs.resolve("data/file"), "hello");
        run("chmod", "4750", file.toString());
        Files.setLastModifiedTime(file, FileTime.from(Instant.parse("2024-01-02T03:04:05.123456789Z")));
        Files.createSymbolicLink(rootfs.resolve("link"), Path.of("/data/../data/sub"));
        try (ContainerRoot root = open(Access.READ_WRITE)) {
            assertThat(service.find(root, "/data/file", "c").status())
                    .isEqualTo(new PathStatus(
                            "file", 5, 1L << 23 | 0750, Instant.parse("2024-01-02T03:04:05.123456789Z"), ""));
            PathStatus link = service.find(root, "link", "c").status();
            assertThat(link.linkTarget()).isEqualTo("/data/sub");
            assertThat(link.mode()).isEqualTo(1L << 27 | 0777);
            assertThat(service.find(root, "link/", "c").status().mode()).isEqualTo(1L << 31 | 0755);
            assertThat(service.find(root, "/", "c").status().name()).isEqualTo("/");
            assertThatThrownBy(() -> service.find(root, "/none", "c"))
                    .hasMessage("Could not find the file /none in container c")
                    .extracting("kind")
                    .isEqualTo(EngineException.Kind.NOT_FOUND);
        }
    }

    @Test
    void whatGoesOutComesInEqual() throws Exception {
        Path source = rootfs.resolve("data");
        Files.writeString(source.resolve("file"), "hello");
        Files.createLink(source.resolve("hard"), source.resolve("file"));
        Files.createSymbolicLink(source.resolve("sub/link"), Path.of("/nowhere"));
        Files.writeString(source.resolve("sub/" + "long-name-".repeat(20)), "x".repeat(70_000));
        Files.writeString(source.resolve("sub/ümlaut"), "");
        run("mkfifo", source.resolve("fifo").toString());
        run("mknod", source.resolve("device").toString(), "c", "1", "3");
        run(
                "chown",
                "-h",
                "12345678:7",
                source.resolve("sub/link").toString(),
                source.resolve("file").toString());
        run("chmod", "2751", source.resolve("sub").toString());
        byte[] archive = copyOut("/data");
        Files.createDirectories(rootfs.resolve("copy"));

        copyIn("/copy", gzip(archive), Conflict.REFUSE, Optional.empty());

        assertThat(listing(rootfs.resolve("copy/data"))).isEqualTo(listing(source));
        assertThat(Files.readAllBytes(rootfs.resolve("copy/data/sub/" + "long-name-".repeat(20))))
                .hasSize(70_000);
        assertThat(Files.getAttribute(rootfs.resolve("copy/data/hard"), "unix:ino"))
                .isEqualTo(Files.getAttribute(rootfs.resolve("copy/data/file"), "unix:ino"));
    }

    @Test
    void gnuTarReadsWhatGoesOut() throws Exception {
        Files.writeString(rootfs.resolve("data/file"), "hello");
        Path archive = Files.write(directory.resolve("a.tar"), copyOut("/data/."));

        assertThat(output("tar", "tf", archive.toString()).lines().sorted()).containsExactly("./", "./file", "./sub/");
    }

    @Test
    void ownerCanBeGiven() throws Exception {
        Files.writeString(rootfs.resolve("data/file"), "hello");
        byte[] archive = copyOut("/data/file");

        copyIn("/data/sub", archive, Conflict.REPLACE, Optional.of(new Owner(1000, 1001)));

        assertThat(Files.getAttribute(rootfs.resolve("data/sub/file"), "unix:uid"))
                .isEqualTo(1000);
        assertThat(Files.getAttribute(rootfs.resolve("data/sub/file"), "unix:gid"))
                .isEqualTo(1001);
    }

    @Test
    void conflictsAreRefusedOrReplaced() throws Exception {
        Files.writeString(rootfs.resolve("data/sub/x"), "file");
        byte[] archive = copyOut("/data/sub/x");
        Files.createDirectories(rootfs.resolve("data/x/below"));

        assertThatThrownBy(() -> copyIn("/data", archive, Conflict.REFUSE, Optional.empty()))
                .hasMessageStartingWith("cannot overwrite directory");
        assertThat(rootfs.resolve("data/x/below")).isDirectory();
        copyIn("/data", archive, Conflict.REPLACE, Optional.empty());
        assertThat(rootfs.resolve("data/x")).hasContent("file");
    }

    @Test
    void badDestinationsAndArchivesHaveTheirWords() throws Exception {
        Files.writeString(rootfs.resolve("data/file"), "hello");
        byte[] archive = copyOut("/data/file");

        assertThatThrownBy(() -> copyIn("/none", archive, Conflict.REPLACE, Optional.empty()))
                .hasMessage("Could not find the file /none in container c");
        assertThatThrownBy(() -> copyIn("/data/file", archive, Conflict.REPLACE, Optional.empty()))
                .hasMessage("extraction point is not a directory");
        byte[] damaged = archive.clone();
        damaged[10] ^= 1;
        assertThatThrownBy(() -> copyIn("/data", damaged, Conflict.REPLACE, Optional.empty()))
                .extracting("kind")
                .isEqualTo(EngineException.Kind.INVALID);
        try (ContainerRoot root = open(Access.READ_ONLY)) {
            assertThatThrownBy(() -> service.copyIn(
                            root, "/data", "c", new ByteArrayInputStream(archive), Conflict.REPLACE, Optional.empty()))
                    .hasMessage("container rootfs is marked read-only");
        }
    }

    @Test
    void stoppedContainersVolumesAreSeenAndNobodyElseSeesThem() throws Exception {
        Path volume = Files.createDirectories(directory.resolve("volume"));
        Files.writeString(volume.resolve("inside"), "volume");
        Path single = Files.writeString(directory.resolve("single"), "one file");
        List<Mount> mounts = List.of(
                new Mount(volume, "/new/mount", Access.READ_ONLY), new Mount(single, "/etc/single", Access.READ_WRITE));
        try (ContainerRoot root = ContainerRoot.stopped(rootfs, Access.READ_WRITE, mounts, () -> {})) {
            assertThat(service.find(root, "/new/mount/inside", "c").status().size())
                    .isEqualTo(6);
            assertThat(service.find(root, "/etc/single", "c").status().size()).isEqualTo(8);
            assertThat(rootfs.resolve("new/mount/inside")).doesNotExist();
            ByteArrayOutputStream archive = new ByteArrayOutputStream();
            service.copyOut(root, service.find(root, "/new/mount/inside", "c"), archive);
            assertThatThrownBy(() -> service.copyIn(
                            root,
                            "/new/mount",
                            "c",
                            new ByteArrayInputStream(archive.toByteArray()),
                            Conflict.REPLACE,
                            Optional.empty()))
                    .isInstanceOf(EngineException.class)
                    .hasMessageContaining("marked read-only");
        }
    }

    @Test
    void runningContainersRootIsThatOfItsProcess() {
        try (ContainerRoot root =
                ContainerRoot.running((int) ProcessHandle.current().pid())) {
            assertThat(service.find(root, directory + "/rootfs/data", "c")
                            .status()
                            .name())
                    .isEqualTo("data");
        }
    }

    @Test
    void linksInTheContainerEndAtItsRoot() throws Exception {
        Path canary = Files.createDirectories(directory.resolve("canary"));
        Files.createSymbolicLink(rootfs.resolve("out"), canary);
        Files.writeString(rootfs.resolve("data/file"), "hello");
        byte[] archive = copyOut("/data/file");

        assertThatThrownBy(() -> copyIn("/out", archive, Conflict.REPLACE, Optional.empty()))
                .isInstanceOf(EngineException.class);
        assertThat(canary).isEmptyDirectory();
    }

    @Test
    void largeFilesGoThroughQuickly() throws Exception {
        byte[] piece = new byte[1 << 20];
        new Random(1).nextBytes(piece);
        Path big = rootfs.resolve("data/big");
        try (var out = Files.newOutputStream(big)) {
            for (int i = 0; i < 64; i++) {
                out.write(piece);
            }
        }
        byte[] archive = copyOut("/data/big");

        copyIn("/data/sub", archive, Conflict.REPLACE, Optional.empty());

        assertThat(Files.mismatch(big, rootfs.resolve("data/sub/big"))).isEqualTo(-1);
    }

    private ContainerRoot open(Access access) {
        return ContainerRoot.stopped(rootfs, access, List.of(), () -> {});
    }

    private byte[] copyOut(String path) throws IOException {
        try (ContainerRoot root = open(Access.READ_WRITE)) {
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            service.copyOut(root, service.find(root, path, "c"), out);
            return out.toByteArray();
        }
    }

    private void copyIn(String path, byte[] archive, Conflict conflict, Optional<Owner> owner) {
        try (ContainerRoot root = open(Access.READ_WRITE)) {
            service.copyIn(root, path, "c", new ByteArrayInputStream(archive), conflict, owner);
        }
    }

    private static byte[] gzip(byte[] bytes) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
            gzip.write(bytes);
        }
        return out.toByteArray();
    }

    /** Name, type, mode, owner, time, link and device of everything below. */
    private static String listing(Path tree) throws Exception {
        assertThat(Files.exists(tree, LinkOption.NOFOLLOW_LINKS)).isTrue();
        String[] lines = output("find", tree.toString(), "-printf", "%P %y %m %U %G %T@ %l %n\n")
                .split("\n", -1);
        Arrays.sort(lines);
        return String.join("\n", lines);
    }

    private static void run(String... command) throws IOException {
        output(command);
    }

    private static String output(String... command) throws IOException {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String text = new String(process.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
        try {
            assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
        assertThat(process.exitValue()).as(text).isZero();
        return text;
    }
}
