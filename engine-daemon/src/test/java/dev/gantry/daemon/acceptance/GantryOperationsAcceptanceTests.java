package dev.gantry.daemon.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gantry.daemon.acceptance.Command.Result;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The verbs of Gantry's command line for running containers, against a daemon. */
class GantryOperationsAcceptanceTests {

    private static final String IMAGE = "test/busybox";

    private static TestDaemon daemon;
    private static String id;

    @BeforeAll
    static void start() {
        Needs.root();
        daemon = TestDaemon.start();
        daemon.gantry("import", "-", IMAGE).reading(TestImage.busybox()).run().ok();
        id = gantry(
                        "run",
                        "-d",
                        "-m",
                        "64m",
                        "--name",
                        "one",
                        IMAGE,
                        "sh",
                        "-c",
                        "echo x >/data/new; sleep 1000 & wait")
                .ok();
    }

    @AfterAll
    static void stop() throws IOException {
        if (daemon != null) {
            daemon.close();
        }
    }

    private static Result gantry(String... arguments) {
        return daemon.gantry(arguments).run();
    }

    @Test
    void pausesAndUnpauses() {
        assertThat(gantry("pause", "one").ok()).isEqualTo("one");
        assertThat(Cgroup.of(id).isFrozen()).isTrue();
        assertThat(gantry("container", "unpause", "one").ok()).isEqualTo("one");
        assertThat(Cgroup.of(id).isFrozen()).isFalse();
        Result refused = gantry("unpause", "one");
        assertThat(refused.exit()).isEqualTo(1);
        assertThat(refused.err()).contains("is not paused");
    }

    @Test
    void updatesLimits() {
        assertThat(gantry("update", "--pids-limit", "44", "-m", "80m", "--memory-swap", "80m", "one")
                        .ok())
                .isEqualTo("one");
        assertThat(Cgroup.of(id).read("pids", "pids.max", "pids.max")).isEqualTo("44");
        assertThat(Cgroup.of(id).read("memory", "memory.limit_in_bytes", "memory.max"))
                .isEqualTo("83886080");
        assertThat(gantry("update", "one").err()).contains("you must provide one or more flags");
    }

    @Test
    void showsProcesses() {
        assertThat(gantry("top", "one").ok()).startsWith("UID").contains("sleep 1000");
        assertThat(gantry("container", "top", "one", "-o", "pid,comm")
                        .ok()
                        .lines()
                        .findFirst()
                        .orElseThrow())
                .containsPattern("PID +COMMAND");
    }

    @Test
    void showsWhatContainersUse() {
        List<String> table = gantry("stats", "--no-stream").ok().lines().toList();
        assertThat(table.get(0))
                .containsSubsequence(
                        "CONTAINER ID", "NAME", "CPU %", "MEM USAGE / LIMIT", "MEM %", "NET I/O", "BLOCK I/O", "PIDS");
        assertThat(table.get(1)).startsWith(id.substring(0, 12)).contains(" one ");
        assertThat(gantry("stats", "--no-stream", "--format", "{{.Name}} {{.PIDs}}", "one")
                        .ok())
                .isEqualTo("one 2");
        assertThat(gantry("stats", "--no-stream", "nope").err()).contains("No such container: nope");
    }

    @Test
    void streamsWhatContainersUse(@TempDir Path directory) throws Exception {
        Path out = directory.resolve("out");
        List<String> line = new ArrayList<>(daemon.gantryLine());
        line.addAll(List.of("stats", "--format", "{{.Name}} {{.PIDs}}", "one"));
        Process stats = new ProcessBuilder(line).redirectOutput(out.toFile()).start();
        Awaitility.await()
                .until(() ->
                        Files.readString(out).lines().filter("one 2"::equals).count() >= 2);
        stats.destroy();
        assertThat(stats.waitFor(20, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void comparesExportsAndCommits(@TempDir Path directory) throws IOException {
        assertThat(gantry("diff", "one").ok().lines()).containsExactly("C /data", "A /data/new");
        Path file = directory.resolve("one.tar");
        gantry("export", "-o", file.toString(), "one").ok();
        assertThat(Command.of("tar", "tf", file.toString()).run().ok().lines()).contains("data/new", "bin/busybox");
        assertThat(gantry("export", "one").bytes().length).isEqualTo((int) Files.size(file));
        assertThat(gantry("commit", "-m", "why", "-c", "CMD [\"cat\", \"/data/new\"]", "one", "made:1")
                        .ok())
                .startsWith("sha256:");
        assertThat(gantry("run", "--rm", "made:1").ok()).isEqualTo("x");
        assertThat(gantry("history", "made:1").ok()).contains("why");
    }

    @Test
    void prunesStoppedContainers() {
        String made = gantry("create", "-l", "going=1", IMAGE, "true").ok();
        assertThat(daemon.gantry("container", "prune")
                        .reading(new byte[] {'n', '\n'})
                        .run()
                        .exit())
                .isEqualTo(1);
        assertThat(gantry("container", "prune", "-f", "--filter", "label=going").ok())
                .isEqualTo("Deleted Containers:\n" + made + "\n\nTotal reclaimed space: 0B");
        assertThat(gantry("container", "prune", "-f", "--filter", "label=going").ok())
                .isEqualTo("Total reclaimed space: 0B");
        assertThat(gantry("ps", "-a", "-s", "--filter", "name=one", "--format", "{{.Names}} {{.Size}}")
                        .ok())
                .startsWith("one 2B (virtual ");
    }
}
