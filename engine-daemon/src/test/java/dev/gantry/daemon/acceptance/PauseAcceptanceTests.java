package dev.gantry.daemon.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gantry.daemon.acceptance.Command.Result;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Instant;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Paused containers: what their processes do, what may be done to them, and that a crash of the daemon changes nothing. */
class PauseAcceptanceTests {

    private static final String IMAGE = "test/busybox";
    private static final String STATE = "{{.State.Status}} {{.State.Running}} {{.State.Paused}}";

    private static TestDaemon daemon;

    private String id;

    @BeforeAll
    static void start() {
        Needs.root();
        Needs.program("docker", "the command line this engine must satisfy");
        daemon = TestDaemon.start();
        daemon.docker("import", "-", IMAGE).reading(TestImage.busybox()).run().ok();
    }

    private static Result docker(String... arguments) {
        return daemon.docker(arguments).run();
    }

    @AfterAll
    static void stop() throws IOException {
        if (daemon != null) {
            daemon.close();
        }
    }

    @BeforeEach
    void runOne() {
        String counting = "trap 'echo ended; exit 7' TERM; while true; do echo x; sleep 0.02; done";
        id = docker("run", "-d", IMAGE, "sh", "-c", counting).ok();
    }

    @AfterEach
    void removeIt() {
        docker("rm", "-f", id);
    }

    private String state() {
        return docker("inspect", "-f", STATE, id).ok();
    }

    @Test
    void pauseStopsTheProcessesAndUnpauseLetsThemGoOn() {
        docker("pause", id).ok();
        assertThat(Cgroup.of(id).isFrozen()).isTrue();
        assertThat(state()).isEqualTo("paused true true");
        assertThat(docker("ps", "--no-trunc", "--format", "{{.ID}} {{.Status}}").ok())
                .contains(id + " Up ")
                .contains("(Paused)");
        assertThat(docker("ps", "-q", "--no-trunc", "--filter", "status=paused").ok())
                .isEqualTo(id);
        assertThat(docker("info", "-f", "{{.ContainersPaused}} {{.ContainersRunning}}")
                        .ok())
                .isEqualTo("1 0");
        docker("unpause", id).ok();
        assertThat(Cgroup.of(id).isFrozen()).isFalse();
        assertThat(state()).isEqualTo("running true false");
    }

    @Test
    void whatCannotBeDoneToAPausedContainerIsRefusedInDockersWords() throws IOException {
        Http http = new Http(daemon);
        assertThat(http.post("/containers/" + id + "/unpause").status()).isEqualTo(500);
        docker("pause", id).ok();
        Http.Answer again = http.post("/containers/" + id + "/pause");
        assertThat(again.status()).isEqualTo(409);
        assertThat(again.body()).contains("Container " + id + " is already paused");
        Http.Answer started = http.post("/containers/" + id + "/start");
        assertThat(started.status()).isEqualTo(409);
        assertThat(started.body()).contains("cannot start a paused container, try unpause instead");
        Result exec = docker("exec", id, "true");
        assertThat(exec.err()).contains("Container " + id + " is paused, unpause the container before exec");
        assertThat(docker("rm", id).err()).contains("container is paused");
        docker("kill", id).ok();
        assertThat(docker("pause", id).err()).contains("container " + id + " is not running");
    }

    @Test
    void stopOfAPausedContainerReachesItsHandler() {
        docker("pause", id).ok();
        docker("stop", id).ok();
        assertThat(docker("inspect", "-f", "{{.State.Status}} {{.State.ExitCode}}", id)
                        .ok())
                .isEqualTo("exited 7");
        assertThat(docker("logs", "-n", "1", id).ok()).isEqualTo("ended");
    }

    @Test
    void killEndsAPausedContainer() {
        docker("pause", id).ok();
        docker("kill", id).ok();
        assertThat(docker("inspect", "-f", "{{.State.Status}} {{.State.Paused}} {{.State.ExitCode}}", id)
                        .ok())
                .isEqualTo("exited false 137");
    }

    @Test
    void aSignalThatIsNotToEndItLeavesItPausedWhereItHasAStopSignalOfItsOwn() {
        String own = docker("run", "-d", "--stop-signal", "INT", IMAGE, "sleep", "1000")
                .ok();
        docker("pause", own).ok();
        docker("kill", "-s", "USR1", own).ok();
        assertThat(Cgroup.of(own).isFrozen()).isTrue();
        docker("rm", "-f", own).ok();
    }

    @Test
    void restartOfAPausedContainerRunsItAnew() {
        String before = docker("inspect", "-f", "{{.State.Pid}}", id).ok();
        docker("pause", id).ok();
        docker("restart", id).ok();
        assertThat(state()).isEqualTo("running true false");
        assertThat(docker("inspect", "-f", "{{.State.Pid}}", id).ok()).isNotEqualTo(before);
    }

    @Test
    void forceRemovesAPausedContainer() {
        docker("pause", id).ok();
        docker("rm", "-f", id).ok();
        assertThat(docker("inspect", id).err()).containsIgnoringCase("no such");
    }

    @Test
    void aPausedContainerIsAdoptedAsPausedAfterACrash() throws IOException {
        docker("pause", id).ok();
        daemon.kill();
        daemon.launch();
        assertThat(Cgroup.of(id).isFrozen()).isTrue();
        assertThat(state()).isEqualTo("paused true true");
        docker("unpause", id).ok();
        assertThat(docker("exec", id, "echo", "awake").ok()).isEqualTo("awake");
    }

    @Test
    void whatTheFreezerSaysGoesBeforeTheRecordAfterACrash() throws IOException {
        docker("pause", id).ok();
        daemon.kill();
        Files.writeString(
                Cgroup.of(id).file("freezer", "freezer.state", "cgroup.freeze"), Cgroup.isUnified() ? "0" : "THAWED");
        daemon.launch();
        assertThat(state()).isEqualTo("running true false");
    }

    @Test
    void eachChangeIsAnEvent() throws IOException {
        docker("pause", id).ok();
        docker("unpause", id).ok();
        String events = new Http(daemon)
                .get("/events?since=1&until=" + Instant.now() + "&filters={\"container\":[\"" + id + "\"]}")
                .body();
        assertThat(events).containsSubsequence("\"Action\":\"pause\"", "\"Action\":\"unpause\"");
    }
}
