package dev.gantry.daemon.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.awaitility.Awaitility;
import org.awaitility.core.ThrowingRunnable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Health checks find out how containers are, and what was asked for follows. */
class HealthAcceptanceTests {

    private static final String IMAGE = "test/busybox";
    private static final String FOR_EVER = "while :; do sleep 0.1; done";
    private static final String SERVER = "mkdir -p /www; echo well >/www/index.html; exec httpd -f -p 8080 -h /www";

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

    private static void run(String name, String script, String... options) {
        List<String> line = new ArrayList<>(List.of("run", "-d", "--name", name, "--health-interval", "300ms"));
        line.addAll(Arrays.asList(options));
        line.addAll(List.of(IMAGE, "sh", "-c", script));
        assertThat(daemon.gantry(line.toArray(String[]::new)).run().ok()).hasSize(64);
    }

    private static String inspect(String name, String format) {
        return docker("inspect", "-f", format, name);
    }

    private static void becomes(String name, String health) {
        eventually(() -> assertThat(inspect(name, "{{.State.Health.Status}}"))
                .as(() -> inspect(name, "{{json .State.Health}}"))
                .isEqualTo(health));
    }

    private static void eventually(ThrowingRunnable assertion) {
        Awaitility.await().atMost(Duration.ofSeconds(40)).untilAsserted(assertion);
    }

    private static List<String> eventsOf(String name) {
        return docker(
                        "events",
                        "--since",
                        "5m",
                        "--until",
                        "0s",
                        "--filter",
                        "container=" + name,
                        "--format",
                        "{{.Action}}")
                .lines()
                .toList();
    }

    @Test
    void aProgramInTheContainerTellsItsHealth() {
        run(
                "told",
                FOR_EVER,
                "--health-cmd",
                "if [ -f /ok ]; then echo fine; else echo bad; exit 3; fi",
                "--health-retries",
                "2",
                "--health-timeout",
                "20s");
        becomes("told", "unhealthy");
        assertThat(inspect("told", "{{(index .State.Health.Log 0).ExitCode}} {{(index .State.Health.Log 0).Output}}"))
                .isEqualTo("3 bad");
        docker("exec", "told", "touch", "/ok");
        becomes("told", "healthy");
        eventually(() -> assertThat(inspect("told", "{{len .State.Health.Log}} {{.State.Health.FailingStreak}}"))
                .isEqualTo("5 0"));
        assertThat(docker("ps", "--filter", "health=healthy", "--format", "{{.Names}} {{.Status}}"))
                .startsWith("told Up ")
                .endsWith(" (healthy)");
        assertThat(docker("ps", "-q", "--filter", "health=unhealthy")).isEmpty();
        docker("stop", "-t", "0", "told");
        assertThat(inspect("told", "{{.State.Health.Status}}")).isEqualTo("unhealthy");
        // docker's command line cuts the time it reads up to down to a whole second
        eventually(() -> assertThat(eventsOf("told"))
                .containsSubsequence(
                        "start",
                        "exec_create: /bin/sh -c if [ -f /ok ]; then echo fine; else echo bad; exit 3; fi",
                        "exec_start: /bin/sh -c if [ -f /ok ]; then echo fine; else echo bad; exit 3; fi",
                        "exec_die",
                        "health_status: unhealthy",
                        "health_status: healthy",
                        "die"));
        assertThat(eventsOf("told").stream().filter(e -> e.startsWith("health_status")))
                .hasSize(2);
    }

    @Test
    void aProbeThatTakesTooLongIsKilledWithAllItStarted() {
        run(
                "slow",
                FOR_EVER,
                "--health-cmd",
                "echo part; sleep 777 & sleep 777",
                "--health-timeout",
                "500ms",
                "--health-retries",
                "1");
        becomes("slow", "unhealthy");
        assertThat(inspect("slow", "{{(index .State.Health.Log 0).ExitCode}} {{(index .State.Health.Log 0).Output}}"))
                .isEqualTo("-1 Health check exceeded timeout (500ms): part");
        docker("exec", "slow", "true");
        // between two probes nothing of them is left
        eventually(() -> assertThat(docker("exec", "slow", "ps")).doesNotContain("sleep 777"));
    }

    @Test
    void serversAreProbedInTheirOwnNetworkWithoutAProcessBesideThem() throws IOException {
        run("web", SERVER, "--health-http", ":8080/index.html", "--health-retries", "2");
        run("port", SERVER, "--health-tcp", "tcp://127.0.0.1:8080");
        docker("run", "-d", "--name", "owner", IMAGE, "sh", "-c", SERVER);
        run("guest", FOR_EVER, "--network", "container:owner", "--health-http", "http://:8080");
        run("host", "exec httpd -f -p 127.0.0.1:18080 -h /etc", "--network", "host", "--health-http", ":18080/passwd");
        run("closed", FOR_EVER, "--health-tcp", ":8080", "--health-retries", "1");
        for (String name : List.of("web", "port", "guest", "host")) {
            becomes(name, "healthy");
        }
        becomes("closed", "unhealthy");
        assertThat(inspect("closed", "{{(index .State.Health.Log 0).Output}}")).contains("refused");
        assertThat(inspect("web", "{{(index .State.Health.Log 0).Output}}")).startsWith("HTTP/1.1 200 OK");
        assertThat(inspect("web", "{{.Config.Healthcheck.Test}}")).isEqualTo("[HTTP http://:8080/index.html]");
        docker("exec", "web", "rm", "/www/index.html");
        becomes("web", "unhealthy");
        assertThat(docker("events", "--since", "5m", "--until", "0s", "--filter", "container=port"))
                .doesNotContain("exec_");
    }

    @Test
    void whatIsAskedForFollowsFromFailingHealth() {
        for (String action : List.of("none", "kill", "restart", "stop")) {
            run(action, FOR_EVER, "--health-tcp", ":1", "--health-retries", "2", "--health-on-failure", action);
        }
        run("again", FOR_EVER, "--health-tcp", ":1", "--health-on-failure", "kill", "--restart", "on-failure:2");
        eventually(() -> assertThat(inspect("kill", "{{.State.Status}} {{.State.ExitCode}}"))
                .isEqualTo("exited 137"));
        eventually(() -> assertThat(Integer.parseInt(inspect("restart", "{{.RestartCount}}")))
                .isGreaterThan(1));
        eventually(() -> assertThat(inspect("stop", "{{.State.Status}}")).isEqualTo("exited"));
        eventually(() -> assertThat(inspect("again", "{{.State.Status}} {{.RestartCount}}"))
                .isEqualTo("exited 2"));
        assertThat(inspect("none", "{{.State.Status}} {{.State.Health.Status}}"))
                .isEqualTo("running unhealthy");
    }

    @Test
    void healthIsKnownOverACrashOfTheDaemonAndProbedOn() throws IOException {
        run("kept", SERVER, "--health-http", ":8080", "--health-retries", "2");
        run(
                "never",
                FOR_EVER,
                "--health-cmd",
                "exit 9",
                "--health-start-period",
                "1h",
                "--health-start-interval",
                "300ms",
                "--health-interval",
                "1h");
        becomes("kept", "healthy");
        eventually(
                () -> assertThat(inspect("never", "{{len .State.Health.Log}}")).isEqualTo("5"));
        assertThat(inspect("never", "{{.State.Health.Status}} {{.State.Health.FailingStreak}}"))
                .isEqualTo("starting 0");
        daemon.kill();
        daemon.launch();
        assertThat(inspect("kept", "{{.State.Health.Status}}")).isEqualTo("healthy");
        docker("exec", "kept", "rm", "/www/index.html");
        becomes("kept", "unhealthy");
        docker("exec", "kept", "sh", "-c", "echo >/www/index.html");
        becomes("kept", "healthy");
    }

    @Test
    void anImagesCheckIsCompletedOrSwitchedOff() {
        daemon.docker("import", "-c", "HEALTHCHECK --interval=300ms --retries=7 CMD test -f /ok", "-", "test/checked")
                .reading(TestImage.busybox())
                .run()
                .ok();
        docker("run", "-d", "--name", "inherits", "--health-timeout", "9s", "test/checked", "sh", "-c", FOR_EVER);
        docker("run", "-d", "--name", "off", "--no-healthcheck", "test/checked", "sh", "-c", FOR_EVER);
        assertThat(inspect("inherits", "{{json .Config.Healthcheck}}"))
                .contains("\"CMD-SHELL\",\"test -f /ok\"")
                .contains("\"Interval\":300000000")
                .contains("\"Timeout\":9000000000")
                .contains("\"Retries\":7");
        docker("exec", "inherits", "touch", "/ok");
        becomes("inherits", "healthy");
        assertThat(inspect("off", "{{.State.Health}} {{.Config.Healthcheck.Test}}"))
                .isEqualTo("<nil> [NONE]");
        assertThat(docker("ps", "--filter", "health=none", "--format", "{{.Names}}"))
                .isEqualTo("off");
    }
}
