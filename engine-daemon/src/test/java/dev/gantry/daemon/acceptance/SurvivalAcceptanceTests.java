package dev.gantry.daemon.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The daemon dies and nothing else does. */
class SurvivalAcceptanceTests {

    private static final String IMAGE = "test/busybox";

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

    @Test
    void runningContainersTheirOutputAndTheirPortsOutliveTheDaemon() throws IOException {
        String counter =
                docker("run", "-d", IMAGE, "sh", "-c", "i=0; while :; do echo $i; i=$((i+1)); sleep 0.01; done");
        String server = docker(
                "run", "-d", "-p", "127.0.0.1::80", IMAGE, "sh", "-c", "while :; do echo answer | nc -l -p 80; done");
        String port = docker("port", server, "80/tcp").replaceAll(".*:", "");
        String pid = docker("inspect", "-f", "{{.State.Pid}}", counter);
        answers(port);
        for (int life = 0; life < 2; life++) {
            daemon.kill();
            answers(port);
            daemon.launch();
            assertThat(docker("inspect", "-f", "{{.State.Pid}} {{.State.Status}}", counter))
                    .isEqualTo(pid + " running");
            answers(port);
            assertThat(docker("exec", counter, "echo", "still here")).isEqualTo("still here");
        }
        docker("stop", "-t", "0", counter);
        List<Integer> numbers =
                docker("logs", counter).lines().map(Integer::valueOf).toList();
        assertThat(numbers).hasSizeGreaterThan(100);
        assertThat(numbers).isEqualTo(IntStream.range(0, numbers.size()).boxed().toList());
    }

    private static void answers(String port) {
        Awaitility.await()
                .atMost(Duration.ofSeconds(20))
                .untilAsserted(() -> assertThat(
                                Command.of(TestImage.BUSYBOX.toString(), "nc", "-w", "2", "127.0.0.1", port)
                                        .run()
                                        .out())
                        .isEqualTo("answer\n"));
    }

    @Test
    void whatEndedWhileTheDaemonWasDeadIsKnownAfterwards() throws IOException {
        String ends = docker("run", "-d", IMAGE, "sh", "-c", "sleep 1; echo last words; exit 42");
        String goes = docker("run", "-d", "--rm", IMAGE, "sh", "-c", "sleep 1");
        daemon.kill();
        Awaitility.await("both monitors have ended")
                .atMost(Duration.ofSeconds(20))
                .until(() -> Command.of("pgrep", "-f", "conmon.*(" + ends + "|" + goes + ")")
                                .run()
                                .exit()
                        == 1);
        daemon.launch();
        assertThat(docker("wait", ends)).isEqualTo("42");
        assertThat(docker("inspect", "-f", "{{.State.Status}} {{.State.ExitCode}}", ends))
                .isEqualTo("exited 42");
        assertThat(docker("logs", ends)).isEqualTo("last words");
        Awaitility.await()
                .untilAsserted(
                        () -> assertThat(docker("ps", "-aq", "--no-trunc")).isEqualTo(ends));
        assertThat(docker("start", ends)).isEqualTo(ends);
    }

    @Test
    void whatEndedMeanwhileCanBeStartedAndEnteredAtOnce() throws IOException {
        List<String> ids = new ArrayList<>();
        for (int i = 0; i < 12; i++) {
            ids.add(docker("run", "-d", IMAGE, "sh", "-c", "[ -e /again ] && exec sleep 1000; touch /again; sleep 3"));
        }
        daemon.kill();
        Awaitility.await("the monitors have ended")
                .atMost(Duration.ofSeconds(30))
                .until(() -> Command.of("pgrep", "-f", "conmon.*(" + String.join("|", ids) + ")")
                                .run()
                                .exit()
                        == 1);
        daemon.launch();
        Http http = new Http(daemon);
        for (String id : ids) {
            assertThat(http.post("/containers/" + id + "/start").status()).isEqualTo(204);
            assertThat(http.post("/containers/" + id + "/exec", "{\"Cmd\":[\"true\"]}")
                            .status())
                    .isEqualTo(201);
        }
    }

    @Test
    void emptyCgroupsOfACrashGoAtTheNextStartAndThoseInUseStay() throws IOException {
        String id = docker("run", "-d", IMAGE, "sleep", "1000");
        List<Path> parents = HostState.cgroupParents(daemon);
        assertThat(parents).isNotEmpty();
        assertThat(Files.readString(Path.of("/proc", docker("inspect", "-f", "{{.State.Pid}}", id), "cgroup")))
                .contains("/" + parents.get(0).getFileName() + "/" + id);
        String unknown = id.substring(32) + id.substring(0, 32);
        for (Path parent : parents) {
            Files.createDirectories(parent.resolve(unknown).resolve("below"));
        }
        Path foreign = Files.createDirectory(
                parents.get(0).resolveSibling("other_" + parents.get(0).getFileName()));
        Path ofAnother = Files.createDirectory(foreign.resolve(unknown));
        try {
            daemon.kill();
            daemon.launch();
            assertThat(parents).allSatisfy(parent -> {
                assertThat(parent.resolve(unknown)).doesNotExist();
                assertThat(parent.resolve(id)).isDirectory();
            });
            assertThat(ofAnother).isDirectory();
            assertThat(docker("exec", id, "echo", "still here")).isEqualTo("still here");
        } finally {
            Files.delete(ofAnother);
            Files.delete(foreign);
        }
    }

    @Test
    void anOrderlyStopLeavesContainersRunningAndFollowersComeBack() throws IOException {
        String id = docker(
                "run", "-d", "--name", "steady", "-v", "kept:/kept", IMAGE, "sh", "-c", "echo one; sleep 4; echo two");
        daemon.stop();
        daemon.launch();
        assertThat(docker("logs", "-f", "steady")).isEqualTo("one\ntwo");
        assertThat(docker("volume", "ls", "-q")).isEqualTo("kept");
        assertThat(daemon.docker("volume", "rm", "kept").run().err()).contains("volume is in use");
        assertThat(docker("rm", id)).isEqualTo(id);
    }
}
