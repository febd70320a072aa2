package dev.gantry.daemon.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.awaitility.core.ThrowingRunnable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Containers that end are started again as their policies say: in this life of the daemon, the next, and after a boot. */
class RestartAcceptanceTests {

    private static final String IMAGE = "test/busybox";
    private static final String FOR_EVER = "while :; do sleep 0.1; done";

    private static TestDaemon daemon;

    @BeforeAll
    static void start() {
        Needs.root();
        Needs.program("docker", "the command line this engine must satisfy");
        daemon = TestDaemon.start();
        daemon.docker("import", "-", IMAGE).reading(TestImage.busybox()).run().ok();
    }

    @AfterAll
    static void stop() throws IOException {
        if (daemon != null) {
            daemon.close();
        }
    }

    @AfterEach
    void removeContainers() {
        List<String> line = new ArrayList<>(List.of("rm", "-fv"));
        line.addAll(docker("ps", "-aq").lines().toList());
        if (line.size() > 2) {
            docker(line.toArray(String[]::new));
        }
    }

    private static String docker(String... arguments) {
        return daemon.docker(arguments).run().ok();
    }

    private static String run(String name, String policy, String script) {
        return docker("run", "-d", "--name", name, "--restart", policy, IMAGE, "sh", "-c", script);
    }

    private static String inspect(String name, String format) {
        return docker("inspect", "-f", format, name);
    }

    private static String status(String name) {
        return inspect(name, "{{.State.Status}}");
    }

    private static int restarts(String name) {
        return Integer.parseInt(inspect(name, "{{.RestartCount}}"));
    }

    private static void eventually(ThrowingRunnable assertion) {
        Awaitility.await().atMost(Duration.ofSeconds(40)).untilAsserted(assertion);
    }

    @Test
    void onFailureRestartsTheNumberOfTimesAskedForAndNotAfterSuccess() {
        run("fails", "on-failure:3", "echo again; exit 3");
        run("works", "on-failure", "echo once");
        eventually(() -> assertThat(status("fails")).isEqualTo("exited"));
        assertThat(docker("logs", "fails")).isEqualTo("again\nagain\nagain\nagain");
        assertThat(inspect("fails", "{{.RestartCount}} {{.State.ExitCode}} {{.HostConfig.RestartPolicy}}"))
                .isEqualTo("3 3 {on-failure 3}");
        eventually(() -> assertThat(status("works")).isEqualTo("exited"));
        assertThat(docker("logs", "works")).isEqualTo("once");
        assertThat(restarts("works")).isZero();
        docker("start", "fails");
        eventually(() -> assertThat(docker("logs", "fails").lines()).hasSize(8));
    }

    @Test
    void aContainerBetweenTwoRunsIsShownSoAndAStopEndsTheWaitAtOnce() {
        run("loops", "always", "exit 7");
        eventually(() -> assertThat(restarts("loops")).isGreaterThan(5));
        eventually(() -> assertThat(docker("ps", "--format", "{{.State}} {{.Status}}"))
                .matches("restarting Restarting \\(7\\) .* ago"));
        assertThat(inspect("loops", "{{.State.Running}} {{.State.Restarting}} {{.State.Pid}}"))
                .isEqualTo("true true 0");
        assertThat(daemon.docker("exec", "loops", "true").run().err()).contains("is restarting, wait until");
        assertThat(daemon.docker("rm", "loops").run().err()).contains("container is restarting: stop the container");
        docker("stop", "loops");
        assertThat(inspect("loops", "{{.State.Status}} {{.State.ExitCode}}")).isEqualTo("exited 7");
        int runs = restarts("loops");
        daemon.kill();
        relaunch();
        // "always" holds anew in each life of the daemon
        eventually(() -> assertThat(restarts("loops")).isGreaterThan(runs));
        docker("rm", "-f", "loops");
        assertThat(docker("ps", "-aq")).isEmpty();
    }

    private static void relaunch() {
        try {
            daemon.launch();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    @Test
    void onlyWhatMeansTheEndIsAStopByHand() {
        run("signals", "always", "trap 'exit 5' HUP; echo up; " + FOR_EVER);
        eventually(() -> assertThat(docker("logs", "signals")).isEqualTo("up"));
        docker("kill", "-s", "HUP", "signals");
        eventually(() -> assertThat(docker("logs", "signals")).isEqualTo("up\nup"));
        assertThat(restarts("signals")).isEqualTo(1);
        docker("kill", "signals");
        assertThat(inspect("signals", "{{.State.Status}} {{.State.ExitCode}}")).isEqualTo("exited 137");
        docker("restart", "-t", "0", "signals");
        assertThat(inspect("signals", "{{.State.Status}} {{.RestartCount}}")).isEqualTo("running 0");
    }

    @Test
    void logsAreFollowedOverRestartsAndEachEndIsWaitedFor() {
        CompletableFuture<String> log;
        run("talks", "on-failure:2", "echo line; sleep 0.5; exit 4");
        log = CompletableFuture.supplyAsync(() -> docker("logs", "-f", "talks"));
        assertThat(docker("wait", "talks")).isEqualTo("4");
        assertThat(log.orTimeout(40, TimeUnit.SECONDS).join()).isEqualTo("line\nline\nline");
        assertThat(status("talks")).isEqualTo("exited");
        Command.Result attached = daemon.docker(
                        "run", "--name", "front", "--restart", "always", IMAGE, "sh", "-c", "echo shown; exit 9")
                .run();
        assertThat(attached.exit()).isEqualTo(9);
        assertThat(attached.out()).isEqualTo("shown\n");
        eventually(() -> assertThat(restarts("front")).isPositive());
    }

    @Test
    void aStartThatFailsIsTriedAgain() throws IOException {
        Path source = Files.createTempDirectory(Path.of("/var/tmp"), "gantry-source-");
        String id = docker(
                "run",
                "-d",
                "--name",
                "needs",
                "--restart",
                "always",
                "--mount",
                "type=bind,source=" + source + ",target=/source",
                IMAGE,
                "sh",
                "-c",
                "test -f /source/go || exit 1; " + FOR_EVER);
        Files.delete(source);
        eventually(() -> assertThat(inspect("needs", "{{.State.Status}} {{.State.Error}}"))
                .startsWith("restarting")
                .contains(source.toString()));
        Files.createDirectory(source);
        Files.createFile(source.resolve("go"));
        eventually(() -> assertThat(inspect("needs", "{{.State.Status}} {{.State.Error}}"))
                .isEqualTo("running"));
        docker("rm", "-f", id);
        Files.delete(source.resolve("go"));
        Files.delete(source);
    }

    @Test
    void loopsGoOnThroughCrashesOfTheDaemon() {
        for (int i = 0; i < 4; i++) {
            run("loop" + i, "always", "echo run; sleep 0." + i + "; exit 1");
        }
        run("ends", "unless-stopped", "echo run; sleep 1; exit 0");
        for (int life = 0; life < 2; life++) {
            int before = restarts("loop0");
            eventually(() -> assertThat(restarts("loop0")).isGreaterThan(before));
            int counted = runsInLog("ends");
            daemon.kill();
            relaunch();
            assertThat(restarts("loop0")).isGreaterThanOrEqualTo(before);
            eventually(() -> assertThat(runsInLog("ends")).isGreaterThan(counted));
        }
        for (int i = 0; i < 4; i++) {
            String name = "loop" + i;
            int counted = restarts(name);
            eventually(() -> assertThat(restarts(name)).isGreaterThan(counted));
            docker("stop", name);
            // one run more than restarts, but for a start that a crash cut short
            assertThat(runsInLog(name)).isBetween(restarts(name) - 2, restarts(name) + 1);
        }
    }

    private static int runsInLog(String name) {
        return (int) docker("logs", name).lines().count();
    }

    @Test
    void afterABootWhatIsToRunRunsInTheOrderOfItsDependencies() throws IOException {
        service("app", "db:service_started:true,cache:service_started:false");
        service("cache", "db:service_started:true");
        service("db", "");
        docker(
                "run",
                "-d",
                "--name",
                "joined",
                "--network",
                "container:app",
                "--restart",
                "always",
                IMAGE,
                "sh",
                "-c",
                FOR_EVER);
        run("down", "unless-stopped", FOR_EVER);
        docker("stop", "-t", "0", "down");
        run("always-down", "always", FOR_EVER);
        docker("stop", "-t", "0", "always-down");
        run("plain", "no", FOR_EVER);
        run("failure", "on-failure", FOR_EVER);
        docker("create", "--name", "never", "--restart", "always", IMAGE, "true");
        daemon.kill();
        HostState.removeAllButTheDataOf(daemon);
        daemon.launch();
        for (String name : List.of("db", "cache", "app", "joined", "always-down", "failure")) {
            eventually(() -> assertThat(status(name)).as(name).isEqualTo("running"));
            assertThat(Files.isDirectory(Path.of("/proc", inspect(name, "{{.State.Pid}}"))))
                    .as(name)
                    .isTrue();
        }
        assertThat(inspect("plain", "{{.State.Status}} {{.State.ExitCode}}")).isEqualTo("exited 255");
        assertThat(status("down")).isEqualTo("exited");
        assertThat(status("never")).isEqualTo("created");
        List<Instant> starts = List.of(started("db"), started("cache"), started("app"), started("joined"));
        assertThat(starts).isSorted();
    }

    private static void service(String name, String dependsOn) {
        docker(
                "run",
                "-d",
                "--name",
                name,
                "--restart",
                "unless-stopped",
                "--label",
                "com.docker.compose.project=shop",
                "--label",
                "com.docker.compose.service=" + name,
                "--label",
                "com.docker.compose.depends_on=" + dependsOn,
                IMAGE,
                "sh",
                "-c",
                FOR_EVER);
    }

    private static Instant started(String name) {
        return Instant.parse(inspect(name, "{{.State.StartedAt}}"));
    }
}
