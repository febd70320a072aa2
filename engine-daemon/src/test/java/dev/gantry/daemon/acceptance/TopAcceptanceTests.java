package dev.gantry.daemon.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gantry.daemon.acceptance.Command.Result;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Lists of a container's processes: all of its own, none of others. */
class TopAcceptanceTests {

    private static final String IMAGE = "test/busybox";

    private static TestDaemon daemon;
    private static String id;

    @BeforeAll
    static void start() {
        Needs.root();
        Needs.program("docker", "the command line this engine must satisfy");
        Needs.program("ps", "what top asks");
        daemon = TestDaemon.start();
        daemon.docker("import", "-", IMAGE).reading(TestImage.busybox()).run().ok();
        id = docker("run", "-d", IMAGE, "sh", "-c", "sleep 4711 & sleep 4712 & wait")
                .ok();
        docker("run", "-d", "--name", "other", IMAGE, "sleep", "4713").ok();
        Awaitility.await().until(() -> docker("top", id).ok().lines().count() == 4);
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

    @Test
    void showsAllProcessesOfTheContainerAndNoOther() {
        String top = docker("top", id).ok();
        assertThat(top.lines().findFirst().orElseThrow().split("\\s+"))
                .containsExactly("UID", "PID", "PPID", "C", "STIME", "TTY", "TIME", "CMD");
        assertThat(top)
                .contains("sh -c sleep 4711 & sleep 4712 & wait", "sleep 4711", "sleep 4712")
                .doesNotContain("4713");
        assertThat(top).contains(docker("inspect", "-f", "{{.State.Pid}}", id).ok());
    }

    @Test
    void passesOptionsToPs() {
        assertThat(docker("top", id, "-o", "pid,comm")
                        .ok()
                        .lines()
                        .map(l -> l.strip().split("\\s+", -1)[1]))
                .containsExactlyInAnyOrder("COMMAND", "sh", "sleep", "sleep");
        assertThat(docker("top", id, "aux").ok()).startsWith("USER").contains("%CPU", "sleep 4712");
        assertThat(docker("top", "other", "-m").ok().lines().filter(l -> l.startsWith("- ")))
                .as("lines of threads")
                .isNotEmpty();
    }

    @Test
    void withProcessesOfExec() {
        Process exec;
        try {
            exec = new ProcessBuilder("docker", "-H", "unix://" + daemon.socket(), "exec", "other", "sleep", "4714")
                    .start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Awaitility.await()
                .untilAsserted(() -> assertThat(docker("top", "other").ok()).contains("sleep 4714"));
        exec.destroy();
    }

    @Test
    void refusesInDockersWords() throws IOException {
        Http http = new Http(daemon);
        assertThat(http.get("/containers/" + id + "/top?ps_args=-o%20comm").body())
                .contains("Couldn't find PID field in ps output");
        assertThat(http.get("/containers/" + id + "/top?ps_args=-o%20x%3DPID").body())
                .contains("specifying \\\"x=PID\\\" is not allowed");
        Http.Answer bad = http.get("/containers/" + id + "/top?ps_args=-o%20foo");
        assertThat(bad.status()).isEqualTo(500);
        assertThat(bad.body()).contains("ps: error: unknown user-defined format specifier");
        String stopped = docker("create", IMAGE, "true").ok();
        Http.Answer none = http.get("/containers/" + stopped + "/top");
        assertThat(none.status()).isEqualTo(409);
        assertThat(none.body()).contains("container " + stopped + " is not running");
        assertThat(http.get("/containers/nope/top").status()).isEqualTo(404);
    }
}
