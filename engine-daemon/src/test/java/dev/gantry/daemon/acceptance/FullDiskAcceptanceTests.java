package dev.gantry.daemon.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A disk that is full stops what needs room and nothing else: docker's kind of error, nothing half-made, and the same works
 * once there is room.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class FullDiskAcceptanceTests {

    private static final String IMAGE = "test/busybox";

    /** Of random bytes, so that no compression makes it fit. */
    private static final int LAYER = 10_000_000;

    private static final int LITTLE = 3_000_000;

    /** Enough for the archive of the layer and not for its files too. */
    private static final int HALF = 13_000_000;

    private LocalRegistry registry;
    private TestDaemon daemon;
    private Path filler;
    private Path archive;
    private Path saved;
    private String remote;

    @BeforeAll
    void start(@TempDir Path directory) throws IOException {
        Needs.root();
        Needs.program("docker", "the command line this engine must satisfy");
        LocalRegistry.require();
        archive = directory.resolve("big.tar");
        writeBigArchive(archive);
        saved = directory.resolve("saved.tar");
        Command.of("skopeo", "copy", "-q", "tarball:" + archive, "docker-archive:" + saved + ":test/big:saved")
                .run()
                .ok();
        registry = LocalRegistry.start();
        remote = registry.push(archive, "big:1");
        Path disk = Files.createTempDirectory(Path.of("/var/tmp"), "gantry-disk-");
        Command.of("mount", "-t", "tmpfs", "-o", "size=48m", "tmpfs", disk.toString())
                .run()
                .ok();
        daemon = TestDaemon.startIn(disk);
        filler = disk.resolve("filler");
        daemon.docker("import", "-", IMAGE).reading(TestImage.busybox()).run().ok();
        docker("run", "--rm", IMAGE, "true");
    }

    private static void writeBigArchive(Path file) throws IOException {
        byte[] content = new byte[LAYER];
        new Random(8).nextBytes(content);
        try (TarArchiveOutputStream tar = new TarArchiveOutputStream(Files.newOutputStream(file))) {
            TarArchiveEntry entry = new TarArchiveEntry("big");
            entry.setSize(content.length);
            tar.putArchiveEntry(entry);
            tar.write(content);
            tar.closeArchiveEntry();
        }
    }

    @AfterAll
    void stop() throws IOException {
        if (daemon != null) {
            daemon.close();
        }
        if (registry != null) {
            registry.close();
        }
    }

    @AfterEach
    void makeRoom() throws IOException {
        Files.deleteIfExists(filler);
    }

    private String docker(String... arguments) {
        return daemon.docker(arguments).run().ok();
    }

    /** Leaves that many bytes free. */
    private void fill(long left) throws IOException {
        long free = Files.getFileStore(daemon.dataRoot()).getUsableSpace();
        assertThat(free).as("free before the disk is filled").isGreaterThan(left);
        Command.of("fallocate", "-l", Long.toString(free - left), filler.toString())
                .run()
                .ok();
    }

    /** Every file of the daemon's, and the size of each. */
    private List<String> files() {
        return Command.of(
                        "find",
                        daemon.dataRoot().toString(),
                        "-xdev",
                        "!",
                        "-name",
                        "gantryd.log",
                        "!",
                        "-name",
                        "filler",
                        "(",
                        "-type",
                        "f",
                        "-printf",
                        "%P %s\\n",
                        "-o",
                        "-printf",
                        "%P\\n",
                        ")")
                .run()
                .ok()
                .lines()
                .sorted()
                .toList();
    }

    private List<String> filesAtRest() {
        List<List<String>> last = new java.util.ArrayList<>(List.of(files()));
        Awaitility.await("what is removed is deleted")
                .pollInterval(Duration.ofMillis(300))
                .until(() -> {
                    List<String> now = files();
                    return now.equals(last.set(0, now));
                });
        return last.get(0);
    }

    /** On a disk with so much room the command fails for that reason and leaves nothing; with more room it works. */
    private String refusedUntilThereIsRoom(long left, Command command) throws IOException {
        List<String> before = filesAtRest();
        String images = docker("images", "-a", "--no-trunc", "--format", "{{.ID}} {{.Repository}}:{{.Tag}} {{.Size}}");
        fill(left);
        Command.Result refused = command.run();
        assertThat(refused.exit()).as(refused.out()).isNotZero();
        assertThat(refused.err()).containsIgnoringCase("no space left on device");
        assertThat(docker("images", "-a", "--no-trunc", "--format", "{{.ID}} {{.Repository}}:{{.Tag}} {{.Size}}"))
                .isEqualTo(images);
        assertThat(docker("ps", "-aq")).isEmpty();
        makeRoom();
        Awaitility.await("nothing half-made stays")
                .atMost(Duration.ofSeconds(20))
                .untilAsserted(() -> assertThat(files()).isEqualTo(before));
        return command.run().ok();
    }

    @ParameterizedTest
    @ValueSource(ints = {LITTLE, HALF})
    void load(int left) throws IOException {
        refusedUntilThereIsRoom(left, daemon.docker("load", "-q", "-i", saved.toString()));
        docker("rmi", "test/big:saved");
    }

    @ParameterizedTest
    @ValueSource(ints = {LITTLE, HALF})
    void importing(int left) throws IOException {
        refusedUntilThereIsRoom(left, daemon.docker("import", archive.toString(), "test/big:imported"));
        docker("rmi", "test/big:imported");
    }

    @ParameterizedTest
    @ValueSource(ints = {LITTLE, HALF})
    void pull(int left) throws IOException {
        refusedUntilThereIsRoom(left, daemon.docker("pull", "-q", remote));
        docker("rmi", remote);
    }

    @Test
    void createCannotWriteTheContainersRecord() throws IOException {
        refusedUntilThereIsRoom(0, daemon.docker("create", "--name", "made", "-v", "/anonymous", IMAGE, "true"));
        docker("rm", "-v", "made");
    }

    @Test
    void runSaysSoAndEnds() throws IOException {
        assertThat(refusedUntilThereIsRoom(0, daemon.docker("run", "--rm", IMAGE, "echo", "works")))
                .isEqualTo("works");
    }

    @Test
    void volumesAndNames() throws IOException {
        refusedUntilThereIsRoom(0, daemon.docker("volume", "create", "kept"));
        docker("volume", "rm", "kept");
        refusedUntilThereIsRoom(0, daemon.docker("tag", IMAGE, "test/other:name"));
        docker("rmi", "test/other:name");
    }

    @Test
    void aRenameThatCannotBeWrittenDownIsNone() throws IOException {
        docker("create", "--name", "old", IMAGE, "true");
        fill(0);
        assertThat(daemon.docker("rename", "old", "new").run().err()).containsIgnoringCase("no space left on device");
        assertThat(docker("ps", "-a", "--format", "{{.Names}}")).isEqualTo("old");
        makeRoom();
        docker("rename", "old", "new");
        assertThat(docker("ps", "-a", "--format", "{{.Names}}")).isEqualTo("new");
        docker("rm", "new");
    }

    @Test
    void aStartThatFailsSaysSoAndTheNextOneWorks() throws IOException {
        docker("create", "--name", "late", IMAGE, "echo", "works");
        List<String> before = filesAtRest();
        fill(0);
        Command.Result refused = daemon.docker("start", "-a", "late").run();
        assertThat(refused.exit()).isNotZero();
        assertThat(refused.err()).containsIgnoringCase("no space left on device");
        assertThat(docker("inspect", "-f", "{{.State.Running}}", "late")).isEqualTo("false");
        assertThat(HostState.count(daemon, "namespaces")).isZero();
        makeRoom();
        assertThat(docker("start", "-a", "late")).isEqualTo("works");
        assertThat(before).isNotEmpty();
        docker("rm", "late");
    }

    @Test
    void anEndThatCannotBeWrittenDownIsWrittenLater() throws IOException {
        String id = docker("run", "-d", "-p", "127.0.0.1::80", IMAGE, "sleep", "1000");
        fill(0);
        docker("kill", id);
        assertThat(docker("wait", id)).isEqualTo("137");
        assertThat(docker("inspect", "-f", "{{.State.Status}} {{.State.ExitCode}}", id))
                .isEqualTo("exited 137");
        Awaitility.await("its namespace and its interface are gone")
                .untilAsserted(
                        () -> assertThat(HostState.count(daemon, "namespaces") + HostState.count(daemon, "veths"))
                                .isZero());
        makeRoom();
        Path record = daemon.dataRoot().resolve("records").resolve(id + ".json");
        Awaitility.await("its end is on record")
                .atMost(Duration.ofSeconds(20))
                .until(() -> Files.readString(record).contains("137"));
        daemon.kill();
        daemon.launch();
        assertThat(docker("inspect", "-f", "{{.State.Status}} {{.State.ExitCode}}", id))
                .isEqualTo("exited 137");
        docker("rm", id);
    }

    @Test
    void roomIsMadeByRemoving() throws IOException {
        docker("import", archive.toString(), "test/big:imported");
        String id = docker("create", "-v", "/anonymous", "-v", "named:/named", IMAGE, "true");
        fill(0);
        docker("rm", "-v", id);
        docker("volume", "rm", "named");
        docker("rmi", "test/big:imported");
        assertThat(docker("volume", "ls", "-q")).isEmpty();
        Awaitility.await("the room is there")
                .atMost(Duration.ofSeconds(20))
                .until(() -> Files.getFileStore(daemon.dataRoot()).getUsableSpace() > LAYER);
    }

    @Test
    void theDaemonStartsAndItsContainersRunOn() throws IOException {
        String id = docker("run", "-d", IMAGE, "sleep", "1000");
        fill(0);
        daemon.kill();
        daemon.launch();
        assertThat(docker("exec", id, "echo", "works")).isEqualTo("works");
        docker("rm", "-f", id);
    }

    @Test
    void aCopyIntoAContainerSaysSoAndTheContainerStaysWhole() throws IOException {
        String id = docker("create", IMAGE, "cat", "/data/seed");
        fill(LITTLE);
        Command.Result refused =
                daemon.docker("cp", archive.toString(), id + ":/tmp/big").run();
        assertThat(refused.exit()).isNotZero();
        assertThat(refused.err()).containsIgnoringCase("no space left on device");
        makeRoom();
        docker("cp", archive.toString(), id + ":/tmp/big");
        Path back = archive.resolveSibling("back");
        docker("cp", id + ":/tmp/big", back.toString());
        assertThat(back).hasSameBinaryContentAs(archive);
        assertThat(docker("start", "-a", id)).isEqualTo("from the image");
        docker("rm", id);
    }
}
