package dev.gantry.daemon.acceptance;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gantry.daemon.acceptance.Command.Result;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What a container changed, archives of it, and images made of it: the three must agree. */
class FilesystemAcceptanceTests {

    private static final String IMAGE = "test/busybox";

    /** Deletes, replaces a directory, changes, adds, links, and marks the end. */
    private static final String WORK =
            "rm /data/seed; mkdir /data/sub; echo n >/data/sub/new; rm -r /root; mkdir /root;"
                    + " echo r >/root/r; chmod 700 /var; ln /data/sub/new /data/hard; ln -s nowhere /data/soft;"
                    + " mkfifo /data/fifo; echo done >/tmp/done; ";

    private static TestDaemon daemon;
    private static String id;

    @BeforeAll
    static void start() {
        Needs.root();
        Needs.program("docker", "the command line this engine must satisfy");
        daemon = TestDaemon.start();
        daemon.docker("import", "-", IMAGE).reading(TestImage.busybox()).run().ok();
        // a second layer, with a directory whose content can be hidden
        docker("run", "--name", "second", IMAGE, "sh", "-c", "echo old >/root/old; echo kept >/data/kept")
                .ok();
        docker("commit", "second", "test/two").ok();
        id = docker(
                        "run",
                        "-d",
                        "--name",
                        "work",
                        "-v",
                        "/vol",
                        "test/two",
                        "sh",
                        "-c",
                        WORK + "echo v >/vol/v; sleep 1000")
                .ok();
        Awaitility.await().until(() -> docker("exec", id, "ls", "/vol/v").exit() == 0);
    }

    @AfterAll
    static void stop() throws IOException {
        if (daemon != null) {
            daemon.close();
        }
    }

    private static Result docker(String... arguments) {
        return daemon.docker(arguments).run();
    }

    /** Path, type, mode and content of all entries. */
    private static Map<String, String> entries(byte[] archive) throws IOException {
        Map<String, String> entries = new TreeMap<>();
        try (TarArchiveInputStream tar = new TarArchiveInputStream(new ByteArrayInputStream(archive))) {
            for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
                String content = entry.isFile() && entry.getSize() < 1000 ? new String(tar.readAllBytes(), UTF_8) : "";
                entries.put(
                        entry.getName(),
                        (char) entry.getLinkFlag() + " " + Integer.toOctalString(entry.getMode() & 07777) + " "
                                + entry.getLinkName() + " " + content.strip());
            }
        }
        return entries;
    }

    private static Map<String, String> export(String container) throws IOException {
        Result result = docker("export", container);
        result.ok();
        return entries(result.bytes());
    }

    @Test
    void diffTellsWhatWasAddedChangedAndDeleted() {
        assertThat(docker("diff", id).ok().lines())
                .containsExactlyInAnyOrder(
                        "C /data",
                        "D /data/seed",
                        "A /data/sub",
                        "A /data/sub/new",
                        "A /data/hard",
                        "A /data/soft",
                        "A /data/fifo",
                        "C /root",
                        "A /root/r",
                        "D /root/old",
                        "C /var",
                        "C /tmp",
                        "A /tmp/done",
                        "A /vol");
    }

    @Test
    void aContainerThatDidNothingChangedNothing() {
        String idle = docker("run", "-d", IMAGE, "sleep", "1000").ok();
        assertThat(docker("diff", idle).ok()).isEmpty();
        docker("rm", "-f", idle).ok();
        String created = docker("create", IMAGE, "true").ok();
        assertThat(docker("diff", created).ok()).isEmpty();
        docker("rm", created).ok();
    }

    @Test
    void exportHoldsTheWholeTreeButNoVolumes() throws IOException {
        Map<String, String> entries = export(id);
        assertThat(entries)
                .containsKeys("bin/busybox", "data/kept", "data/sub/new", "data/sub/", "vol/", "root/r")
                .doesNotContainKeys("data/seed", "root/old", "vol/v", "./", "/");
        assertThat(entries.get("data/kept")).isEqualTo("0 644  kept");
        assertThat(entries.get("var/")).startsWith("5 700");
        assertThat(entries.get("data/soft")).isEqualTo("2 777 nowhere ");
        assertThat(entries.get("data/fifo")).startsWith("6 ");
        assertThat(List.of(
                        entries.getOrDefault("data/hard", "?").charAt(0),
                        entries.getOrDefault("data/sub/new", "?").charAt(0)))
                .contains('1');
    }

    @Test
    void exportOfACreatedAndOfAStoppedContainerShowsTheirTrees() throws IOException {
        String created = docker("create", "test/two", "true").ok();
        assertThat(export(created)).containsKeys("bin/busybox", "data/kept", "root/old");
        docker("rm", created).ok();
        String ended = docker("run", "-d", "test/two", "sh", "-c", WORK).ok();
        docker("wait", ended).ok();
        assertThat(export(ended)).containsKeys("data/sub/new", "root/r").doesNotContainKeys("root/old", "data/seed");
        docker("start", ended).ok();
        docker("rm", "-f", ended).ok();
    }

    @Test
    void aCommitIsTheTreeThatExportShows() throws IOException {
        String image = docker(
                        "commit",
                        "-a",
                        "me",
                        "-m",
                        "why",
                        "-c",
                        "CMD [\"cat\",\"/data/sub/new\"]",
                        "-c",
                        "ENV A=\"b c\"",
                        id,
                        "test/three:v1")
                .ok();
        String fresh = docker("create", "test/three:v1").ok();
        Map<String, String> before = export(id);
        Map<String, String> after = export(fresh);
        // places that the engine makes to mount on are no part of the image
        List<String> mountPoints = new ArrayList<>(before.keySet());
        mountPoints.removeAll(after.keySet());
        assertThat(mountPoints)
                .allMatch(name -> name.matches("(etc/(hosts|hostname|resolv.conf)|(dev|sys|proc|run)/.*)"));
        before.keySet().removeAll(mountPoints);
        assertThat(after).isEqualTo(before);
        assertThat(docker("start", "-a", fresh).ok()).isEqualTo("n");
        assertThat(docker("run", "--rm", "test/three:v1", "sh", "-c", "echo $A; ls /root")
                        .ok())
                .isEqualTo("b c\nr");
        assertThat(docker("inspect", "-f", "{{.Author}} {{.Comment}} {{len .RootFS.Layers}} {{.ID}}", "test/three:v1")
                        .ok())
                .isEqualTo("me why 3 " + image);
        List<String> history = docker(
                        "history", "--no-trunc", "--format", "{{.CreatedBy}}|{{.Comment}}", "test/three:v1")
                .ok()
                .lines()
                .toList();
        assertThat(history).hasSize(3);
        assertThat(history.get(0)).startsWith("sh -c rm /data/seed").endsWith("|why");
        docker("rm", fresh).ok();
    }

    @Test
    void aCommitPausesOnlyWhileItReads() throws IOException {
        docker("commit", id, "test/paused").ok();
        assertThat(Cgroup.of(id).isFrozen()).isFalse();
        assertThat(docker("inspect", "-f", "{{.State.Status}}", id).ok()).isEqualTo("running");
        String events = new Http(daemon)
                .get("/events?since=1&until=" + Instant.now() + "&filters={\"container\":[\"" + id + "\"]}")
                .body();
        assertThat(events)
                .containsSubsequence("\"Action\":\"pause\"", "\"Action\":\"unpause\"", "\"Action\":\"commit\"");
    }

    @Test
    void aCommitWithoutChangesAddsNoLayer() {
        String created = docker("create", IMAGE, "true").ok();
        docker("commit", "-c", "LABEL a=1", created, "test/same").ok();
        assertThat(docker("inspect", "-f", "{{len .RootFS.Layers}} {{.Config.Labels.a}}", "test/same")
                        .ok())
                .isEqualTo("1 1");
        docker("rm", created).ok();
    }

    @Test
    void aReadOnlyContainerCanBeCommitted() {
        String readOnly =
                docker("run", "-d", "--read-only", IMAGE, "sleep", "1000").ok();
        docker("commit", readOnly, "test/ro").ok();
        assertThat(docker("run", "--rm", "test/ro", "cat", "/data/seed").ok()).isEqualTo("from the image");
        docker("rm", "-f", readOnly).ok();
    }

    @Test
    void badCommitsAreRefusedInDockersWords() throws IOException {
        Http http = new Http(daemon);
        assertThat(http.post("/commit?container=nope").status()).isEqualTo(404);
        Http.Answer upper = http.post("/commit?container=work&repo=UPPER");
        assertThat(upper.status()).isEqualTo(400);
        assertThat(upper.body()).contains("repository name").contains("must be lowercase");
        Http.Answer from = http.post("/commit?container=work&changes=FROM%20x");
        assertThat(from.status()).isEqualTo(400);
        assertThat(from.body()).contains("FROM is not a valid change command");
        assertThat(docker("inspect", "-f", "{{.State.Status}}", id).ok()).isEqualTo("running");
        assertThat(http.get("/containers/nope/changes").status()).isEqualTo(404);
        assertThat(http.get("/containers/nope/export").status()).isEqualTo(404);
    }

    @Test
    void aCrashInACommitLeavesTheContainerAwake() throws Exception {
        String big = docker(
                        "run",
                        "-d",
                        IMAGE,
                        "sh",
                        "-c",
                        "head -c 300000000 /dev/urandom >/big; touch /ready; sleep 1000")
                .ok();
        Awaitility.await()
                .atMost(Duration.ofMinutes(1))
                .until(() -> docker("exec", big, "ls", "/ready").exit() == 0);
        Process commit =
                new ProcessBuilder("docker", "-H", "unix://" + daemon.socket(), "commit", big, "test/big").start();
        Awaitility.await()
                .pollInterval(Duration.ofMillis(5))
                .until(() -> Cgroup.of(big).isFrozen());
        daemon.kill();
        assertThat(commit.waitFor(1, TimeUnit.MINUTES)).isTrue();
        daemon.launch();
        assertThat(Cgroup.of(big).isFrozen()).isFalse();
        assertThat(docker("inspect", "-f", "{{.State.Status}}", big).ok()).isEqualTo("running");
        assertThat(docker("images", "-q", "test/big").ok()).isEmpty();
        docker("rm", "-f", big).ok();
    }
}
