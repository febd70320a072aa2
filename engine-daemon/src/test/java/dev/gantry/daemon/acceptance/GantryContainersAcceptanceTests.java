package dev.gantry.daemon.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gantry.daemon.acceptance.Command.Result;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Running containers as a user of Gantry's own command line deals with them. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class GantryContainersAcceptanceTests {

    private static final String IMAGE = "test/busybox";

    private TestDaemon daemon;

    @BeforeAll
    void start() {
        Needs.root();
        daemon = TestDaemon.start();
        daemon.gantry("import", "-", IMAGE).reading(TestImage.busybox()).run().ok();
    }

    @AfterAll
    void stop() throws IOException {
        if (daemon != null) {
            daemon.close();
        }
    }

    @AfterEach
    void remove() {
        gantry("rm", "-fv", "it");
    }

    private Result gantry(String... arguments) {
        return daemon.gantry(arguments).run();
    }

    private String started(String... command) {
        String[] line = new String[command.length + 7];
        System.arraycopy(new String[] {"run", "-d", "--name", "it", "-v", "/vol", IMAGE}, 0, line, 0, 7);
        System.arraycopy(command, 0, line, 7, command.length);
        return gantry(line).ok();
    }

    @Test
    void logsFollowToTheEnd() {
        started("sh", "-c", "for i in 1 2 3; do echo line $i; sleep 0.5; done; echo oops >&2");
        Result followed = gantry("logs", "-f", "it");
        assertThat(followed.out()).isEqualTo("line 1\nline 2\nline 3\n");
        assertThat(followed.err()).isEqualTo("oops\n");
    }

    @Test
    void killSendsTheSignalAndWaitGivesTheStatus() {
        started("sh", "-c", "trap 'exit 42' USR1; echo ready; while :; do sleep 0.1; done");
        Awaitility.await().until(() -> gantry("logs", "it").out().equals("ready\n"));
        assertThat(gantry("kill", "-s", "USR1", "it").ok()).isEqualTo("it");
        assertThat(gantry("wait", "it").ok()).isEqualTo("42");
        assertThat(gantry("kill", "it").err()).contains("is not running");
    }

    @Test
    void psFiltersByNameAndStatus() {
        String id = started("sleep", "1000");
        assertThat(gantry("ps", "-q", "--no-trunc", "--filter", "name=it", "--filter", "status=running")
                        .ok())
                .isEqualTo(id);
        assertThat(gantry("ps", "-aq", "--filter", "name=it", "--filter", "status=exited")
                        .ok())
                .isEmpty();
    }

    @Test
    void copiesBothWaysWhileItRunsAndIntoItsVolume(@TempDir Path directory) throws IOException {
        started("sleep", "1000");
        Path file = Files.writeString(directory.resolve("f"), "volume\n");
        gantry("cp", file.toString(), "it:/vol/g").ok();
        assertThat(gantry("exec", "it", "cat", "/vol/g").ok()).isEqualTo("volume");
        gantry("cp", "it:/vol/g", directory.resolve("back").toString()).ok();
        assertThat(directory.resolve("back")).hasContent("volume\n");
    }
}
