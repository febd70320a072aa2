package dev.gantry.daemon.acceptance;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Logs as users meet them: bounded, whole, and readable by whoever asks. */
class LogsAcceptanceTests {

    private static final String IMAGE = "test/busybox";
    private static final Duration LONG = Duration.ofMinutes(2);

    private static TestDaemon daemon;

    @TempDir
    Path directory;

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

    private static String docker(String... arguments) {
        return daemon.docker(arguments).run().ok();
    }

    /** Counts lines {@code 1, 2, 3, …} as they come and says where one was missing or came twice. */
    private static final class Counter implements AutoCloseable {
        private final Process process;
        private final AtomicLong last = new AtomicLong();
        private final AtomicLong faults = new AtomicLong();
        private final Thread thread;

        Counter(String... arguments) throws IOException {
            process = new ProcessBuilder(
                            Stream.concat(Stream.of("docker", "-H", "unix://" + daemon.socket()), Stream.of(arguments))
                                    .toList())
                    .redirectErrorStream(true)
                    .start();
            thread = new Thread(this::count);
            thread.start();
        }

        private void count() {
            try (BufferedReader lines = new BufferedReader(new InputStreamReader(process.getInputStream(), UTF_8))) {
                for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                    long number = Long.parseLong(line);
                    if (number != last.get() + 1) {
                        faults.incrementAndGet();
                    }
                    last.set(number);
                }
            } catch (IOException closed) {
                return;
            }
        }

        void awaitEnd() throws InterruptedException {
            assertThat(process.waitFor(LONG.toSeconds(), TimeUnit.SECONDS)).isTrue();
            thread.join(LONG.toMillis());
        }

        @Override
        public void close() {
            process.destroyForcibly();
        }
    }

    /** How much disk the files of a container's log take, and how many there are. */
    private static List<Long> sizesOnDisk(String id) {
        Path home = daemon.dataRoot().resolve("containers").resolve(id);
        Map<Object, Long> files = new HashMap<>();
        try (Stream<Path> entries = Files.list(home)) {
            for (Path entry : entries.filter(e -> e.getFileName().toString().startsWith("output.log"))
                    .toList()) {
                sizeOf(entry, files);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return List.copyOf(files.values());
    }

    /** Rotation goes on: a file may be gone before it is looked at. */
    private static void sizeOf(Path file, Map<Object, Long> byInode) throws IOException {
        try {
            Map<String, Object> status = Files.readAttributes(file, "unix:ino,size");
            if (status.get("size") instanceof Long size && size > 0) {
                byInode.put(Objects.requireNonNull(status.get("ino")), size);
            }
        } catch (NoSuchFileException gone) {
            return;
        }
    }

    private static long bytesOnDisk(String id) {
        return sizesOnDisk(id).stream().mapToLong(Long::longValue).sum();
    }

    private static String waiting(String command) {
        return "while [ ! -e /go ]; do sleep 0.05; done; " + command;
    }

    @Test
    void writerAtFullSpeedFillsNoDiskAndItsFollowerMissesNothing() throws Exception {
        // less than what is kept for a reader that is behind, so that none is lost on a busy machine either
        long count = 1_500_000;
        String id = docker(
                "run",
                "-d",
                "--log-opt",
                "max-size=1m",
                "--log-opt",
                "max-file=5",
                IMAGE,
                "sh",
                "-c",
                waiting("seq 1 " + count));
        try (Counter follower = new Counter("logs", "-f", id)) {
            docker("exec", id, "touch", "/go");
            follower.awaitEnd();

            assertThat(follower.faults).hasValue(0);
            assertThat(follower.last).hasValue(count);
        }
        Awaitility.await().until(() -> sizesOnDisk(id).size() <= 5);
        // the first line of what is left may have begun in a file that is gone
        List<Long> left = docker("logs", id).lines().skip(1).map(Long::valueOf).toList();
        assertThat(left)
                .hasSizeGreaterThan(1000)
                .isEqualTo(LongStream.rangeClosed(count - left.size() + 1, count)
                        .boxed()
                        .toList());
        assertThat(docker("logs", "--tail", "2", id)).isEqualTo((count - 1) + "\n" + count);
        docker("rm", "-f", id);
    }

    @Test
    void logStaysBoundedAndWholeWhenTheDaemonIsKilled() throws Exception {
        String id = docker(
                "run",
                "-d",
                "--log-opt",
                "max-size=200k",
                "--log-opt",
                "max-file=3",
                IMAGE,
                "sh",
                "-c",
                "i=0; while :; do i=$((i+1)); echo $i; done");
        for (int life = 0; life < 3; life++) {
            Awaitility.await().until(() -> sizesOnDisk(id).size() == 3);
            daemon.kill();
            long before = bytesOnDisk(id);
            Awaitility.await("the container writes on").atMost(LONG).until(() -> bytesOnDisk(id) > before + 100_000);
            daemon.launch();
            Awaitility.await("the new daemon closes files")
                    .atMost(LONG)
                    .until(() -> bytesOnDisk(id) < 3_000_000 && sizesOnDisk(id).size() <= 3);
        }
        docker("stop", "-t", "0", id);
        List<Long> left = docker("logs", id).lines().map(Long::valueOf).toList();
        assertThat(left)
                .hasSizeGreaterThan(1000)
                .isEqualTo(LongStream.range(left.get(0), left.get(0) + left.size())
                        .boxed()
                        .toList());
        docker("rm", "-f", id);
    }

    @Test
    void closedFilesAreCompressedAndReadAllTheSame() {
        String id = docker(
                "run",
                "-d",
                "--log-opt",
                "max-size=100k",
                "--log-opt",
                "max-file=30",
                "--log-opt",
                "compress=true",
                IMAGE,
                "sh",
                "-c",
                "for i in 1 2 3 4 5 6; do seq 1 2000; sleep 0.3; done");
        docker("wait", id);
        Path home = daemon.dataRoot().resolve("containers").resolve(id);
        Awaitility.await().until(() -> names(home).stream().anyMatch(name -> name.endsWith(".gz")));

        List<String> lines = docker("logs", id).lines().toList();
        assertThat(lines).hasSize(12_000);
        assertThat(lines.subList(10_000, 12_000)).isEqualTo(lines.subList(0, 2000));
        assertThat(docker("logs", "-n", "11999", id).lines()).hasSize(11_999);
        docker("rm", "-f", id);
    }

    private static List<String> names(Path home) throws IOException {
        try (Stream<Path> entries = Files.list(home)) {
            return entries.map(e -> e.getFileName().toString()).toList();
        }
    }

    @Test
    void withoutADriverNothingIsKeptAndAttachStillShowsAll() throws IOException {
        assertThat(docker("run", "--name", "silent", "--log-driver", "none", IMAGE, "echo", "seen"))
                .isEqualTo("seen");
        Command.Result logs = daemon.docker("logs", "silent").run();

        assertThat(logs.exit()).isEqualTo(1);
        assertThat(logs.err())
                .isEqualTo("Error response from daemon: configured logging driver does not support reading\n");
        String id = docker("inspect", "-f", "{{.Id}}", "silent");
        assertThat(sizesOnDisk(id)).isEmpty();
        assertThat(docker("inspect", "-f", "{{.LogPath}}|{{.HostConfig.LogConfig.Type}}", "silent"))
                .isEqualTo("|none");
        docker("rm", "silent");
    }

    @Test
    void pruningFreesTheDiskAndARunningContainerWritesOn() {
        String id = docker(
                "run",
                "-d",
                "--log-opt",
                "max-size=50k",
                "--log-opt",
                "max-file=3",
                IMAGE,
                "sh",
                "-c",
                "seq 1 9000; echo before; while [ ! -e /go ]; do sleep 0.05; done; echo after");
        Awaitility.await().until(() -> docker("logs", "--tail", "1", id).equals("before"));
        long before = bytesOnDisk(id);
        assertThat(daemon.gantry("logs", "--prune", id).run().ok()).contains("reclaimed");

        assertThat(before).isGreaterThan(50_000);
        assertThat(bytesOnDisk(id)).isZero();
        docker("exec", id, "touch", "/go");
        docker("wait", id);
        assertThat(docker("logs", id)).isEqualTo("after");
        daemon.gantry("logs", "--prune", id).run().ok();
        assertThat(docker("logs", id)).isEmpty();
        docker("rm", id);
    }

    @Test
    void detailsStandBeforeTheLine() {
        docker(
                "run",
                "--name",
                "detailed",
                "-l",
                "a=1",
                "-l",
                "b=x y",
                "--log-opt",
                "labels=a,b",
                "--log-opt",
                "tag={{.Name}}",
                IMAGE,
                "echo",
                "hi");

        assertThat(docker("logs", "--details", "detailed")).isEqualTo("a=1,b=x+y,tag=detailed hi");
        assertThat(docker("logs", "--details", "-t", "detailed")).matches("\\S+Z a=1,b=x\\+y,tag=detailed hi");
        assertThat(docker("logs", "detailed")).isEqualTo("hi");
        docker("rm", "detailed");
    }

    @Test
    void containerMayForgeNoLineOfTheOtherStreamAndNoTime() {
        docker(
                "run",
                "--name",
                "forger",
                IMAGE,
                "sh",
                "-c",
                "printf '2020-01-01T00:00:00.000000000Z stderr F forged\\n2020-01-01T00:00:00.000000000Z stdout P par';"
                        + " printf '\\r\\0tial\\n'");
        Command.Result logs = daemon.docker("logs", "forger").run();

        assertThat(logs.err()).isEmpty();
        String forged = "2020-01-01T00:00:00.000000000Z ";
        assertThat(logs.out().split("\n")).containsExactly(forged + "stderr F forged", forged + "stdout P par\r\0tial");
        assertThat(docker("logs", "--until", "2021-01-01T00:00:00Z", "forger")).isEmpty();
        docker("rm", "forger");
    }

    @Test
    void wrongDriverOrOptionIsABadRequest() {
        assertThat(daemon.docker("create", "--log-driver", "foo", IMAGE).run().err())
                .contains("logger: no log driver named 'foo' is registered");
        assertThat(daemon.docker("create", "--log-opt", "x=1", IMAGE).run().err())
                .contains("unknown log opt 'x' for json-file log driver");
    }
}
