package dev.gantry.daemon.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What one stuck container holds up is itself. */
class StuckContainerAcceptanceTests {

    private static final String IMAGE = "test/busybox";

    private final ExecutorService clients = Executors.newCachedThreadPool();
    private TestDaemon daemon;
    private Path stoppingRuntime;

    @BeforeEach
    void start() throws IOException {
        Needs.root();
        Needs.program("docker", "the command line this engine must satisfy");
        Needs.program("crun", "the runtime that is stopped");
        stoppingRuntime = Files.createTempFile(Path.of("/var/tmp"), "stops", ".sh");
        Files.writeString(
                stoppingRuntime, "#!/bin/sh\ncase \" $* \" in *' create '*) kill -STOP $$ ;; esac\nexec crun \"$@\"\n");
        stoppingRuntime.toFile().setExecutable(true);
        daemon = TestDaemon.start("--add-runtime", "stops=" + stoppingRuntime);
        daemon.docker("import", "-", IMAGE).reading(TestImage.busybox()).run().ok();
    }

    @AfterEach
    void stop() throws IOException {
        clients.shutdownNow();
        if (daemon != null) {
            daemon.close();
        }
        Files.deleteIfExists(stoppingRuntime);
    }

    private String docker(String... arguments) {
        return daemon.docker(arguments).run().ok();
    }

    private CompletableFuture<Command.Result> later(String... arguments) {
        return CompletableFuture.supplyAsync(() -> daemon.docker(arguments).run(), clients);
    }

    /** Everything that must go on while something is stuck. */
    private void othersGoOn(String stuck) throws IOException {
        assertThat(docker("ps", "-a", "--no-trunc")).contains(stuck);
        assertThat(docker("inspect", "-f", "{{.Name}}", stuck)).isEqualTo("/" + stuck);
        String other = docker("run", "-d", IMAGE, "sleep", "1000");
        assertThat(docker("exec", other, "echo", "here")).isEqualTo("here");
        long soon = Instant.now().getEpochSecond() + 1;
        assertThat(new Http(daemon).get("/events?since=1&until=" + soon).body())
                .containsPattern("\"start\"[^\n]*" + other);
        docker("rm", "-f", other);
    }

    @Test
    void aFileSystemThatNeverAnswersStallsOnlyWhoUsesIt() throws Exception {
        assumeTrue(Files.exists(Path.of("/dev/fuse")), "needs /dev/fuse");
        Path hangs = Files.createTempDirectory(Path.of("/var/tmp"), "hangs");
        String good = docker("run", "-d", "--name", "good", IMAGE, "sleep", "1000");
        Process holder = hangingMount(hangs);
        List<CompletableFuture<Command.Result>> stuck = new ArrayList<>();
        try {
            docker("create", "--name", "kept", IMAGE, "sleep", "1000");
            stuck.add(later("run", "-d", "--name", "stuck", "-v", hangs + ":/data", IMAGE, "sleep", "1000"));
            stuck.add(later("run", "-d", "--mount", "type=bind,source=" + hangs + "/sub,target=/data", IMAGE, "true"));
            Awaitility.await().pollDelay(Duration.ofSeconds(1)).until(() -> true);
            othersGoOn("kept");
            othersGoOn("good");
            assertThat(docker("info")).contains("Containers:");
            assertThat(docker("exec", good, "echo", "still")).isEqualTo("still");
        } finally {
            holder.destroyForcibly().waitFor(10, TimeUnit.SECONDS);
            Command.of("umount", "-l", hangs.toString()).run();
        }
        for (CompletableFuture<Command.Result> one : stuck) {
            assertThat(one.get(60, TimeUnit.SECONDS).exit()).isNotZero();
        }
        othersGoOn("good");
        Files.deleteIfExists(hangs);
    }

    /** A server that never takes the kernel's first request: whoever looks at the directory waits. */
    private static Process hangingMount(Path directory) throws IOException {
        String options = "fd=3,rootmode=40000,user_id=0,group_id=0,allow_other";
        Process holder = new ProcessBuilder(
                        "sh",
                        "-c",
                        "exec 3<>/dev/fuse; mount -i -t fuse -o " + options + " hangs " + directory
                                + " || exit 1; exec sleep 10000")
                .inheritIO()
                .start();
        Awaitility.await("mounted")
                .atMost(Duration.ofSeconds(10))
                .until(() -> Files.readString(Path.of("/proc/self/mounts")).contains("hangs " + directory));
        return holder;
    }

    @Test
    void aRuntimeThatIsStoppedStallsOnlyItsContainer() throws Exception {
        docker("create", "--name", "stuck", "--runtime", "stops", IMAGE, "sleep", "1000");
        CompletableFuture<Command.Result> starting = later("start", "stuck");
        Awaitility.await("the runtime has stopped itself")
                .atMost(Duration.ofSeconds(20))
                .until(() -> stopped().count() == 1);
        othersGoOn("stuck");
        CompletableFuture<Command.Result> copy = later("cp", "stuck:/etc/passwd", "-");
        CompletableFuture<Command.Result> removal = later("rm", "-f", "stuck");
        othersGoOn("stuck");
        assertThat(starting).isNotDone();
        stopped().forEach(ProcessHandle::destroyForcibly);
        assertThat(starting.get(60, TimeUnit.SECONDS).exit()).isNotZero();
        assertThat(copy.get(60, TimeUnit.SECONDS)).isNotNull();
        removal.get(60, TimeUnit.SECONDS);
        daemon.docker("rm", "-f", "stuck").run();
        assertThat(docker("ps", "-aq")).isEmpty();
        Awaitility.await("nothing of it is left")
                .atMost(Duration.ofSeconds(20))
                .untilAsserted(() -> assertThat(
                                daemon.execRoot().resolve("containers").toFile().list())
                        .isEmpty());
    }

    private java.util.stream.Stream<ProcessHandle> stopped() {
        return ProcessHandle.allProcesses().filter(p -> {
            try {
                Path proc = Path.of("/proc", Long.toString(p.pid()));
                return Files.readString(proc.resolve("cmdline")).contains(stoppingRuntime.toString())
                        && Files.readString(proc.resolve("status")).contains("State:\tT");
            } catch (IOException ended) {
                return false;
            }
        });
    }
}
