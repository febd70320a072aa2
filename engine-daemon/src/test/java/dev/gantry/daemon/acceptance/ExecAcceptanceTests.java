package dev.gantry.daemon.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;

/** Further processes in containers: many at once, failing ones, and those that outlive the daemon. */
@TestInstance(Lifecycle.PER_CLASS)
class ExecAcceptanceTests {

    private static final String IMAGE = "test/busybox";
    private static final int AT_ONCE = Integer.getInteger("gantry.test.execs", 200);

    private TestDaemon daemon;
    private Http http;
    private String container;

    @BeforeAll
    void startDaemon() {
        Needs.root();
        Needs.program("docker", "the command line this engine must satisfy");
        daemon = TestDaemon.start();
        http = new Http(daemon);
        daemon.docker("import", "-", IMAGE).reading(TestImage.busybox()).run().ok();
    }

    @AfterAll
    void stopDaemon() throws IOException {
        if (daemon != null) {
            daemon.close();
        }
    }

    @BeforeEach
    void startContainer() {
        container = sleeper();
    }

    @AfterEach
    void removeContainer() {
        docker("rm", "-f", container);
    }

    private String sleeper() {
        return docker("run", "-d", "--init=false", IMAGE, "sleep", "10000");
    }

    private String docker(String... arguments) {
        return daemon.docker(arguments).run().ok();
    }

    private Command.Result exec(String... arguments) {
        List<String> line = new ArrayList<>(List.of("exec"));
        line.addAll(List.of(arguments));
        return daemon.docker(line.toArray(String[]::new)).run();
    }

    @Test
    void hundredsAtOnceInOneContainerEndWithTheirOwnCodesAndLeaveNothing() throws Exception {
        exec(container, "true").ok();
        Map<String, Long> before = HostState.of(daemon);
        long threads = threads();
        runAll(IntStream.range(0, AT_ONCE).mapToObj(i -> container).toList());
        nothingMoreThan(before);
        assertThat(threads()).as("one for each client").isLessThan(threads + AT_ONCE + 40);
        assertThat(docker("inspect", "-f", "{{.ExecIDs}}", container)).isEqualTo("[]");
    }

    @Test
    void hundredsAtOnceOverManyContainersEndWithTheirOwnCodes() throws Exception {
        List<String> many = IntStream.range(0, 20).mapToObj(i -> sleeper()).toList();
        Map<String, Long> before = HostState.of(daemon);
        runAll(IntStream.range(0, AT_ONCE).mapToObj(i -> many.get(i % 20)).toList());
        nothingMoreThan(before);
        many.forEach(c -> docker("rm", "-f", c));
    }

    /** Starts all before the first may end: each waits until somebody opens its container's pipe for writing. */
    private void runAll(List<String> containers) throws Exception {
        List<String> distinct = containers.stream().distinct().toList();
        for (String one : distinct) {
            exec(one, "mkfifo", "/go").ok();
        }
        ExecutorService clients = Executors.newFixedThreadPool(containers.size());
        try {
            List<Callable<String>> work = new ArrayList<>();
            for (int i = 0; i < containers.size(); i++) {
                int number = i;
                String script =
                        ": </go; seq 1 500 | tail -c 300; echo err" + number + " >&2; exit " + (number % 100 + 1);
                work.add(() -> run(containers.get(number), script));
            }
            List<Future<String>> running = work.stream().map(clients::submit).toList();
            Awaitility.await("all run at once")
                    .atMost(Duration.ofMinutes(2))
                    .pollInterval(Duration.ofSeconds(1))
                    .until(() -> processes("sh -c : </go") >= containers.size());
            for (String one : distinct) {
                exec(one, "sh", "-c", ": >/go").ok();
            }
            for (int i = 0; i < running.size(); i++) {
                String answer = running.get(i).get(2, TimeUnit.MINUTES);
                assertThat(answer)
                        .contains("499\n500\n")
                        .contains("err" + i + "\n")
                        .endsWith(" code=" + (i % 100 + 1));
            }
        } finally {
            clients.shutdownNow();
        }
    }

    /** Runs one over plain HTTP: two hundred processes of docker's would be the bottleneck. */
    private String run(String in, String script) throws IOException {
        String id = http.post(
                        "/containers/" + in + "/exec",
                        "{\"AttachStdout\":true,\"AttachStderr\":true,\"Cmd\":[\"sh\",\"-c\",\"" + script + "\"]}")
                .id();
        String output = http.post("/exec/" + id + "/start", "{}").body();
        String inspect = http.get("/exec/" + id + "/json").body();
        assertThat(inspect).contains("\"Running\":false");
        return output + " code=" + inspect.replaceAll("(?s).*\"ExitCode\":(\\d+).*", "$1");
    }

    private long threads() throws IOException {
        try (var tasks = Files.list(Path.of("/proc", Long.toString(daemon.pid()), "task"))) {
            return tasks.count();
        }
    }

    private void nothingMoreThan(Map<String, Long> before) {
        Awaitility.await("everything is as before")
                .atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> {
                    Map<String, Long> now = HostState.of(daemon);
                    for (String kind : List.of("processes", "files in the exec root", "cgroups")) {
                        assertThat(now.get(kind)).as(kind).isEqualTo(before.get(kind));
                    }
                    // a few are the daemon's own, opened when first needed
                    assertThat(now.get("descriptors")).isLessThanOrEqualTo(before.getOrDefault("descriptors", 0L) + 10);
                });
    }

    private static long processes(String beginning) {
        return ProcessHandle.allProcesses()
                .filter(p -> commandLine(p.pid()).startsWith(beginning))
                .count();
    }

    private static String commandLine(long pid) {
        try {
            return Files.readString(Path.of("/proc", Long.toString(pid), "cmdline"))
                    .replace('\0', ' ');
        } catch (IOException ended) {
            return "";
        }
    }

    @Test
    void whatCannotBeRunSaysWhyAsDockerDoes() {
        assertThat(exec(container, "nosuch").exit()).isEqualTo(127);
        assertThat(exec(container, "nosuch").out()).contains("exec: \"nosuch\": executable file not found in $PATH");
        assertThat(exec(container, "/etc/passwd").exit()).isEqualTo(126);
        assertThat(exec("-u", "nouser", container, "true").exit()).isEqualTo(126);
        assertThat(exec("-u", "nouser", container, "true").out())
                .contains("unable to find user nouser: no matching entries in passwd file");
        assertThat(exec("-w", "/nodir", container, "true").out())
                .contains("/nodir")
                .contains("no such file or directory");
        assertThat(exec("-t", container, "nosuch").out()).contains("executable file not found in $PATH");
        Command.Result detached = exec("-d", container, "nosuch");
        assertThat(detached.exit()).isEqualTo(1);
        assertThat(detached.err()).contains("Error response from daemon: OCI runtime exec failed: exec failed:");
        assertThat(exec("-d", "-u", "nouser", container, "true").err()).contains("unable to find user nouser");
        assertThat(daemon.execRoot().resolve("execs/monitors").toFile().list()).isEmpty();
    }

    @Test
    void whatIsAskedForIsSeenInside() {
        assertThat(exec("-e", "A=b c", container, "sh", "-c", "echo $A").ok()).isEqualTo("b c");
        assertThat(exec("-u", "12:34", container, "id", "-u").ok()).isEqualTo("12");
        assertThat(exec("-w", "/tmp", container, "pwd").ok()).isEqualTo("/tmp");
        String plain = exec(container, "grep", "CapEff", "/proc/self/status").ok();
        String all = exec("--privileged", container, "grep", "CapEff", "/proc/self/status")
                .ok();
        assertThat(Long.parseLong(all.replaceAll(".*\\s", ""), 16) & 1L << 21)
                .as("CAP_SYS_ADMIN")
                .isNotZero();
        assertThat(Long.parseLong(plain.replaceAll(".*\\s", ""), 16) & 1L << 21).isZero();
        assertThat(exec("-t", container, "tty").ok()).startsWith("/dev/pts/");
        assertThat(exec(container, "tty").out()).contains("not a tty");
    }

    @Test
    void detachedExecsOutliveTheDaemonAndTheirEndIsKnown() throws IOException {
        String lives = detached("sleep 4321");
        String ends = detached("until [ -e /end ]; do sleep 0.1; done; exit 42");
        String pid = field(lives, "Pid");
        Path root = Path.of("/proc", pid, "root");
        daemon.kill();
        Files.createFile(root.resolve("end"));
        Awaitility.await().atMost(Duration.ofSeconds(20)).until(() -> processes("sh -c until [ -e /end ]") == 0);
        daemon.launch();
        assertThat(field(lives, "Running")).isEqualTo("true");
        assertThat(field(lives, "Pid")).isEqualTo(pid);
        assertThat(docker("inspect", "-f", "{{.ExecIDs}}", container)).isEqualTo("[" + lives + "]");
        Awaitility.await()
                .atMost(Duration.ofSeconds(10))
                .until(() -> field(ends, "Running").equals("false"));
        assertThat(field(ends, "ExitCode")).isEqualTo("42");
        terminate(field(lives, "Pid"));
        Awaitility.await()
                .atMost(Duration.ofSeconds(10))
                .until(() -> field(lives, "ExitCode").equals("143"));
        daemon.kill();
        daemon.launch();
        assertThat(field(ends, "ExitCode")).isEqualTo("42");
        assertThat(field(lives, "ExitCode")).isEqualTo("143");
        assertThat(daemon.execRoot().resolve("execs/monitors").toFile().list()).isEmpty();
    }

    /** The streams go with the daemon; the process stays, and stays known. */
    @Test
    void attachedExecsLoseTheirStreamsWithTheDaemonAndStayKnown() throws Exception {
        String id = http.post(
                        "/containers/" + container + "/exec", "{\"AttachStdout\":true,\"Cmd\":[\"sleep\",\"5432\"]}")
                .id();
        Thread client = new Thread(() -> {
            try {
                http.post("/exec/" + id + "/start", "{}");
            } catch (IOException daemonDied) {
                return;
            }
        });
        client.start();
        Awaitility.await().atMost(Duration.ofSeconds(20)).until(() -> processes("sleep 5432") == 1);
        daemon.kill();
        client.join(10_000);
        daemon.launch();
        assertThat(field(id, "Running")).isEqualTo("true");
        assertThat(commandLine(Long.parseLong(field(id, "Pid")))).startsWith("sleep 5432");
        terminate(field(id, "Pid"));
        Awaitility.await()
                .atMost(Duration.ofSeconds(10))
                .until(() -> field(id, "Running").equals("false"));
        assertThat(field(id, "ExitCode")).isEqualTo("255");
    }

    @Test
    void theEndOfAContainerEndsItsDetachedExecs() throws IOException {
        String id = detached("sleep 6543");
        docker("stop", "-t", "0", container);
        Awaitility.await()
                .atMost(Duration.ofSeconds(10))
                .until(() -> field(id, "Running").equals("false"));
        assertThat(field(id, "ExitCode")).isEqualTo("137");
        assertThat(processes("sleep 6543")).isZero();
    }

    private String detached(String script) throws IOException {
        String id = http.post("/containers/" + container + "/exec", "{\"Cmd\":[\"sh\",\"-c\",\"" + script + "\"]}")
                .id();
        assertThat(http.post("/exec/" + id + "/start", "{\"Detach\":true}").status())
                .isEqualTo(200);
        assertThat(field(id, "Running")).isEqualTo("true");
        return id;
    }

    private static void terminate(String pid) {
        ProcessHandle.of(Long.parseLong(pid)).orElseThrow().destroy();
    }

    private String field(String exec, String name) throws IOException {
        String body = http.get("/exec/" + exec + "/json").body();
        return body.replaceAll("(?s).*\"" + name + "\":\"?([^,\"}]*).*", "$1");
    }
}
