package dev.gantry.daemon.acceptance;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gantry.daemon.acceptance.Command.Result;
import dev.gantry.registry.Digest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.Random;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The main job as a user of the docker command line does it. */
class MainJobAcceptanceTests {

    private static final String IMAGE = "test/busybox";

    private static TestDaemon daemon;

    @BeforeAll
    static void start() {
        Needs.root();
        Needs.program("docker", "the command line this engine must satisfy");
        daemon = TestDaemon.start();
        daemon.docker("import", "-c", "CMD [\"sh\"]", "-", IMAGE)
                .reading(TestImage.busybox())
                .run()
                .ok();
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

    private static String started(String... arguments) {
        String[] line = new String[arguments.length + 2];
        line[0] = "run";
        line[1] = "-d";
        System.arraycopy(arguments, 0, line, 2, arguments.length);
        return docker(line).ok();
    }

    private static void remove(String id) {
        docker("rm", "-fv", id).ok();
    }

    @Test
    void runShowsOutputOfBothStreamsAndTheExitStatus() {
        Result result = docker("run", "--rm", IMAGE, "sh", "-c", "echo out; echo err >&2; exit 7");
        assertThat(result.exit()).isEqualTo(7);
        assertThat(result.out()).isEqualTo("out\n");
        assertThat(result.err()).isEqualTo("err\n");
    }

    @Test
    void runWithRmLeavesNoContainer() {
        docker("run", "--rm", "--name", "gone", IMAGE, "true").ok();
        Awaitility.await()
                .untilAsserted(() -> assertThat(
                                docker("ps", "-aq", "--filter", "name=gone").ok())
                        .isEmpty());
    }

    @Test
    void runOfAMissingProgramExits127() {
        Result result = docker("run", "--rm", IMAGE, "no-such-program");
        assertThat(result.exit()).isEqualTo(127);
        assertThat(result.err()).contains("executable file not found in $PATH");
    }

    @Test
    void runOfADirectoryExits126() {
        Result result = docker("run", "--rm", IMAGE, "/etc");
        assertThat(result.exit()).isEqualTo(126);
    }

    @Test
    void runOfAnUnknownImageExits125() {
        Result result = docker("run", "--rm", "--pull=never", "no/such/image", "true");
        assertThat(result.exit()).isEqualTo(125);
        assertThat(result.err()).contains("No such image: no/such/image:latest");
    }

    @Test
    void pipedInputOf200MegabytesComesBackUnchanged() {
        byte[] input = new byte[200_000_000];
        new Random(42).nextBytes(input);
        Result result =
                daemon.docker("run", "--rm", "-i", IMAGE, "cat").reading(input).run();
        assertThat(result.exit()).isZero();
        MessageDigest sha = Digest.newSha256();
        sha.update(result.bytes());
        assertThat(Digest.sha256(sha)).isEqualTo(Digest.sha256(input));
    }

    @Test
    void runWithTerminalGivesAPseudoTerminal() {
        Needs.program("script", "to give the docker command line a terminal");
        String line = "docker -H unix://" + daemon.socket() + " run --rm -it " + IMAGE
                + " sh -c 'tty; stty size; echo $TERM'";
        String out = Command.of("script", "-qec", "stty rows 33 cols 77; " + line, "/dev/null")
                .run()
                .out();
        assertThat(out).contains("/dev/pts/0").contains("33 77").contains("xterm");
    }

    @Test
    void execRunsInTheContainerAndGivesItsExitStatus() {
        String id = started(IMAGE, "sleep", "1000");
        try {
            assertThat(docker("exec", "-e", "A=b", "-w", "/tmp", id, "sh", "-c", "echo $A; pwd")
                            .ok())
                    .isEqualTo("b\n/tmp");
            assertThat(docker("exec", id, "sh", "-c", "exit 5").exit()).isEqualTo(5);
            assertThat(docker("exec", id, "nope").exit()).isEqualTo(127);
            assertThat(daemon.docker("exec", "-i", id, "cat")
                            .reading("x".getBytes(UTF_8))
                            .run()
                            .out())
                    .isEqualTo("x");
            String line = "docker -H unix://" + daemon.socket() + " exec -it " + id
                    + " sh -c 'tty; until stty size 2>/dev/null | grep \" \"; do sleep 0.1; done'";
            assertThat(Command.of("script", "-qec", "stty rows 12 cols 34; " + line, "/dev/null")
                            .run()
                            .out())
                    .contains("/dev/pts/")
                    .contains("12 34");
        } finally {
            remove(id);
        }
    }

    @Test
    void logsGiveWhatWasWrittenAndFollowToTheEnd() {
        String id = started(IMAGE, "sh", "-c", "for i in 1 2 3; do echo line $i; sleep 0.2; done; echo oops >&2");
        try {
            Result followed = docker("logs", "-f", id);
            assertThat(followed.out()).isEqualTo("line 1\nline 2\nline 3\n");
            assertThat(followed.err()).isEqualTo("oops\n");
            assertThat(docker("logs", "--tail", "1", id).err()).isEqualTo("oops\n");
            assertThat(docker("logs", "-t", id).out()).containsPattern("(?m)^\\d{4}-\\d\\d-\\d\\dT[0-9:.]+Z line 1$");
        } finally {
            remove(id);
        }
    }

    @Test
    void copyGoesBothWaysIntoAContainerThatNeverRan(@TempDir Path directory) throws IOException {
        Path file = directory.resolve("hello.txt");
        Files.writeString(file, "hello\n");
        String id = docker("create", IMAGE, "cat", "/tmp/hello.txt").ok();
        try {
            docker("cp", file.toString(), id + ":/tmp/").ok();
            assertThat(docker("start", "-a", id).out()).isEqualTo("hello\n");
            docker("cp", id + ":/data/seed", directory.resolve("seed").toString())
                    .ok();
            assertThat(Files.readString(directory.resolve("seed"))).isEqualTo("from the image\n");
        } finally {
            remove(id);
        }
    }

    @Test
    void copyGoesBothWaysIntoARunningContainerAndItsVolume(@TempDir Path directory) throws IOException {
        Path file = directory.resolve("f");
        Files.writeString(file, "volume\n");
        String id = started("-v", "/vol", IMAGE, "sleep", "1000");
        try {
            docker("cp", file.toString(), id + ":/vol/g").ok();
            assertThat(docker("exec", id, "cat", "/vol/g").ok()).isEqualTo("volume");
            docker("cp", id + ":/vol/g", directory.resolve("h").toString()).ok();
            assertThat(Files.readString(directory.resolve("h"))).isEqualTo("volume\n");
        } finally {
            remove(id);
        }
    }

    @Test
    void psFiltersByNameLabelAndStatus() {
        String id = started("--name", "filtered", "--label", "colour=blue", IMAGE, "sleep", "1000");
        try {
            assertThat(docker("ps", "-q", "--no-trunc", "--filter", "name=filt").ok())
                    .isEqualTo(id);
            assertThat(docker("ps", "-q", "--no-trunc", "--filter", "label=colour=blue")
                            .ok())
                    .isEqualTo(id);
            assertThat(docker("ps", "-aq", "--filter", "label=colour=blue", "--filter", "status=exited")
                            .ok())
                    .isEmpty();
            assertThat(docker("ps", "--filter", "name=filtered", "--format", "{{.Status}}")
                            .ok())
                    .startsWith("Up ");
        } finally {
            remove(id);
        }
    }

    @Test
    void killSendsTheSignalAndWaitGivesTheStatus() {
        String id = started(IMAGE, "sh", "-c", "trap 'exit 42' USR1; while :; do sleep 0.1; done");
        try {
            docker("exec", id, "sleep", "0.3").ok();
            docker("kill", "-s", "USR1", id).ok();
            assertThat(docker("wait", id).ok()).isEqualTo("42");
            assertThat(docker("kill", id).err()).contains("is not running");
        } finally {
            remove(id);
        }
    }

    @Test
    void stopSendsTermThenKills() {
        String polite = started(IMAGE, "sh", "-c", "trap 'exit 3' TERM; while :; do sleep 0.1; done");
        String deaf = started(IMAGE, "sh", "-c", "trap '' TERM; while :; do sleep 0.1; done");
        try {
            docker("exec", polite, "sleep", "0.3").ok();
            docker("stop", polite).ok();
            assertThat(docker("inspect", "-f", "{{.State.ExitCode}}", polite).ok())
                    .isEqualTo("3");
            docker("stop", "-t", "1", deaf).ok();
            assertThat(docker("inspect", "-f", "{{.State.ExitCode}}", deaf).ok())
                    .isEqualTo("137");
        } finally {
            remove(polite);
            remove(deaf);
        }
    }

    @Test
    void restartRunsAgainAndRenameKeepsTheContainer() {
        String id = started("--name", "before", IMAGE, "sh", "-c", "echo run; exec sleep 1000");
        try {
            docker("restart", "-t", "0", "before").ok();
            docker("rename", "before", "after").ok();
            Awaitility.await()
                    .untilAsserted(
                            () -> assertThat(docker("logs", "after").out()).isEqualTo("run\nrun\n"));
            assertThat(docker("inspect", "-f", "{{.Id}} {{.State.Running}}", "after")
                            .ok())
                    .isEqualTo(id + " true");
        } finally {
            remove(id);
        }
    }

    @Test
    void identityLimitsAndEnvironmentAreSeenFromInside() {
        String out = docker(
                        "run",
                        "--rm",
                        "--hostname",
                        "box",
                        "--user",
                        "user",
                        "--workdir",
                        "/tmp",
                        "-e",
                        "X=1",
                        "--memory",
                        "32m",
                        "--pids-limit",
                        "50",
                        "--cpus",
                        "0.5",
                        "--label",
                        "a=b",
                        IMAGE,
                        "sh",
                        "-c",
                        "hostname; id; pwd; echo $X; cat /sys/fs/cgroup/memory/memory.limit_in_bytes"
                                + " /sys/fs/cgroup/memory.max 2>/dev/null;"
                                + " cat /sys/fs/cgroup/pids/pids.max /sys/fs/cgroup/pids.max 2>/dev/null")
                .out();
        assertThat(out)
                .contains("box\nuid=1000(user) gid=1000(user) groups=50(staff),1000(user)\n/tmp\n1\n33554432\n50");
    }

    @Test
    void defaultsAreNotPrivilegedAndSeccompIsOn() {
        String out = docker(
                        "run",
                        "--rm",
                        IMAGE,
                        "sh",
                        "-c",
                        "grep -E 'CapEff|Seccomp:|NoNewPrivs' /proc/self/status; echo 1 > /proc/sys/kernel/panic || echo refused")
                .out();
        assertThat(out)
                .contains("CapEff:\t00000000a80425fb")
                .contains("Seccomp:\t2")
                .contains("refused");
    }

    @Test
    void readOnlyRootWithTmpfsAndInit() {
        Result result = docker(
                "run",
                "--rm",
                "--read-only",
                "--tmpfs",
                "/scratch",
                "--init",
                IMAGE,
                "sh",
                "-c",
                "touch /x; touch /scratch/y && echo written; cat /proc/1/comm");
        assertThat(result.out()).contains("written").doesNotContain("sh\n");
        assertThat(result.err()).contains("Read-only file system");
    }

    @Test
    void namedVolumeTakesTheImagesContentAndOutlivesItsContainer() {
        docker("run", "--rm", "-v", "keep:/data", IMAGE, "sh", "-c", "cat /data/seed; echo more > /data/new")
                .ok();
        assertThat(docker("run", "--rm", "-v", "keep:/elsewhere", IMAGE, "cat", "/elsewhere/seed", "/elsewhere/new")
                        .ok())
                .isEqualTo("from the image\nmore");
        docker("volume", "rm", "keep").ok();
    }

    @Test
    void bindMountsShowTheHostsFilesReadOnlyWhereAskedFor(@TempDir Path directory) throws IOException {
        Files.writeString(directory.resolve("f"), "host\n");
        Result result =
                docker("run", "--rm", "-v", directory + ":/mnt:ro", IMAGE, "sh", "-c", "cat /mnt/f; touch /mnt/g");
        assertThat(result.out()).isEqualTo("host\n");
        assertThat(result.err()).contains("Read-only file system");
    }

    @Test
    void publishedPortsAnswerOnTheHost() {
        String id = started(
                "-p", "127.0.0.1::8080", IMAGE, "sh", "-c", "while :; do echo hello from inside | nc -l -p 8080; done");
        try {
            String port = docker("port", id, "8080/tcp").ok().replaceAll(".*:", "");
            Awaitility.await()
                    .atMost(Duration.ofSeconds(20))
                    .untilAsserted(() -> assertThat(
                                    Command.of(TestImage.BUSYBOX.toString(), "nc", "-w", "2", "127.0.0.1", port)
                                            .run()
                                            .out())
                            .isEqualTo("hello from inside\n"));
        } finally {
            remove(id);
        }
    }

    @Test
    void networkModesNoneHostAndContainer() {
        assertThat(docker("run", "--rm", "--network", "none", IMAGE, "ip", "-o", "link")
                        .ok()
                        .lines())
                .singleElement()
                .asString()
                .contains("lo");
        assertThat(docker("run", "--rm", "--network", "host", IMAGE, "hostname").ok())
                .isEqualTo(Command.of("hostname").run().ok());
        String id = started(IMAGE, "sleep", "1000");
        try {
            String own =
                    docker("exec", id, "ip", "-o", "-4", "addr", "show", "eth0").ok();
            assertThat(docker(
                                    "run",
                                    "--rm",
                                    "--network",
                                    "container:" + id,
                                    IMAGE,
                                    "ip",
                                    "-o",
                                    "-4",
                                    "addr",
                                    "show",
                                    "eth0")
                            .ok())
                    .isEqualTo(own);
        } finally {
            remove(id);
        }
    }

    @Test
    void eventsTellTheStoryOfARun() {
        String since = Long.toString(System.currentTimeMillis() / 1000 - 1);
        docker("run", "--name", "storied", IMAGE, "sh", "-c", "exit 3");
        remove("storied");
        String until = Long.toString(System.currentTimeMillis() / 1000 + 1);
        String events = docker(
                        "events",
                        "--since",
                        since,
                        "--until",
                        until,
                        "--filter",
                        "container=storied",
                        "--format",
                        "{{.Action}} {{index .Actor.Attributes \"exitCode\"}}")
                .ok();
        assertThat(events.lines().map(String::strip))
                .containsSubsequence("create", "attach", "start", "die 3", "destroy");
    }
}
