package dev.gantry.daemon.acceptance;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gantry.daemon.acceptance.Command.Result;
import dev.gantry.registry.Digest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Random;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The main job as a user of Gantry's own command line does it: docker's verbs, output and exit statuses. */
class GantryCliAcceptanceTests {

    private static final String IMAGE = "test/busybox";

    private static TestDaemon daemon;

    @BeforeAll
    static void start() {
        Needs.root();
        daemon = TestDaemon.start();
        daemon.gantry("import", "-c", "CMD [\"sh\"]", "-", IMAGE)
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

    private static Result gantry(String... arguments) {
        return daemon.gantry(arguments).run();
    }

    private static Result onTerminal(String setup, String command) {
        Needs.program("script", "to give the command line a terminal");
        String line = setup + "; " + String.join(" ", daemon.gantryLine()) + " " + command;
        return Command.of("script", "-qec", line, "/dev/null").run();
    }

    @Test
    void runShowsBothStreamsAndGivesTheExitStatus() {
        Result result = gantry("run", "--rm", IMAGE, "sh", "-c", "echo out; echo err >&2; exit 7");
        assertThat(result.exit()).isEqualTo(7);
        assertThat(result.out()).isEqualTo("out\n");
        assertThat(result.err()).isEqualTo("err\n");
    }

    @Test
    void runThatCannotStartExits125To127() {
        Result missing = gantry("run", "--rm", IMAGE, "no-such-program");
        assertThat(missing.exit()).isEqualTo(127);
        assertThat(missing.err())
                .startsWith("gantry: Error response from daemon: ")
                .contains("executable file not found in $PATH")
                .endsWith("Run 'gantry run --help' for more information\n");
        assertThat(gantry("run", "--rm", IMAGE, "/etc").exit()).isEqualTo(126);
        assertThat(gantry("run", "--rm", "--pull=never", "no/such/image", "true")
                        .exit())
                .isEqualTo(125);
        assertThat(gantry("run", "--no-such-flag", IMAGE).exit()).isEqualTo(125);
        assertThat(gantry("run", "--rm", "--network", "no-such-network", IMAGE, "true")
                        .err())
                .startsWith("gantry: Error response from daemon: network no-such-network not found\n");
    }

    @Test
    void pipedInputOf200MegabytesComesBackUnchanged() {
        byte[] input = new byte[200_000_000];
        new Random(7).nextBytes(input);
        Result result =
                daemon.gantry("run", "--rm", "-i", IMAGE, "cat").reading(input).run();
        assertThat(result.exit()).isZero();
        MessageDigest sha = Digest.newSha256();
        sha.update(result.bytes());
        assertThat(Digest.sha256(sha)).isEqualTo(Digest.sha256(input));
    }

    @Test
    void runWithTerminalGivesAPseudoTerminalOfTheSameSize() {
        Result result = onTerminal(
                "stty rows 33 cols 77", "run --rm -it " + IMAGE + " sh -c 'tty; stty size; echo $TERM; exit 4'");
        assertThat(result.out()).contains("/dev/pts/0").contains("33 77").contains("xterm");
        assertThat(result.exit()).isEqualTo(4);
        assertThat(gantry("run", "--rm", "-it", IMAGE, "true").err()).isEqualTo("the input device is not a TTY\n");
    }

    @Test
    void execGivesOutputInputTerminalAndExitStatus() {
        gantry("run", "-d", "--name", "execs", IMAGE, "sleep", "1000").ok();
        try {
            assertThat(gantry("exec", "-e", "A=b", "-w", "/tmp", "execs", "sh", "-c", "echo $A; pwd")
                            .ok())
                    .isEqualTo("b\n/tmp");
            assertThat(gantry("exec", "execs", "sh", "-c", "exit 5").exit()).isEqualTo(5);
            assertThat(daemon.gantry("exec", "-i", "execs", "cat")
                            .reading("x".getBytes(UTF_8))
                            .run()
                            .out())
                    .isEqualTo("x");
            // the size follows the process, as with docker
            String untilKnown = "exec -it execs sh -c 'until stty size 2>/dev/null | grep \" \"; do sleep 0.1; done'";
            assertThat(onTerminal("stty rows 12 cols 34", untilKnown).out()).contains("12 34");
        } finally {
            gantry("rm", "-f", "execs").ok();
        }
    }

    @Test
    void logsAttachPsInspectStopAndRemoveTellTheStoryOfAContainer() {
        String id = gantry(
                        "run",
                        "-d",
                        "--name",
                        "story",
                        "--label",
                        "a=b",
                        IMAGE,
                        "sh",
                        "-c",
                        "trap 'exit 3' TERM; echo one; echo two >&2; while :; do sleep 0.1; done")
                .ok();
        Awaitility.await().untilAsserted(() -> {
            Result logs = gantry("logs", "story");
            assertThat(logs.out()).isEqualTo("one\n");
            assertThat(logs.err()).isEqualTo("two\n");
        });
        assertThat(gantry("ps", "--filter", "label=a=b", "--format", "{{.ID}} {{.Names}} {{.State}}")
                        .ok())
                .isEqualTo(id.substring(0, 12) + " story running");
        assertThat(gantry("inspect", "-f", "{{.Config.Labels.a}} {{.State.Running}}", "story")
                        .ok())
                .isEqualTo("b true");
        assertThat(gantry("rm", "story").exit()).isEqualTo(1);
        assertThat(gantry("stop", "story").ok()).isEqualTo("story");
        assertThat(gantry("wait", "story").ok()).isEqualTo("3");
        assertThat(gantry("rename", "story", "tale").ok()).isEmpty();
        assertThat(gantry("rm", "tale").ok()).isEqualTo("tale");
        assertThat(gantry("inspect", "tale").err()).isEqualTo("Error: No such object: tale\n");
    }

    @Test
    void forcedRemovalOfAContainerThatRemovesItselfSucceeds() {
        for (int i = 0; i < 5; i++) {
            gantry("run", "-d", "--rm", "--name", "both", IMAGE, "sleep", "1000")
                    .ok();
            assertThat(gantry("rm", "-f", "both").ok()).isEqualTo("both");
        }
    }

    @Test
    void startAttachedGivesTheExitStatus() {
        gantry("create", "--name", "again", "-i", IMAGE, "sh", "-c", "cat; exit 6")
                .ok();
        try {
            Result result = daemon.gantry("start", "-ai", "again")
                    .reading("hello\n".getBytes(UTF_8))
                    .run();
            assertThat(result.out()).isEqualTo("hello\n");
            assertThat(result.exit()).isEqualTo(6);
        } finally {
            gantry("rm", "-f", "again").ok();
        }
    }

    @Test
    void copiesBothWays(@TempDir Path directory) throws IOException {
        gantry("create", "--name", "copies", IMAGE).ok();
        try {
            Path tree = Files.createDirectories(directory.resolve("tree/sub"));
            Files.writeString(tree.resolve("file"), "content");
            Files.createSymbolicLink(tree.resolve("link"), Path.of("file"));
            gantry("cp", directory.resolve("tree").toString(), "copies:/data/").ok();
            gantry("cp", "copies:/data/tree/sub", directory.resolve("back").toString())
                    .ok();
            assertThat(directory.resolve("back/file")).hasContent("content");
            assertThat(Files.readSymbolicLink(directory.resolve("back/link"))).isEqualTo(Path.of("file"));
            Result archive = gantry("cp", "copies:/data/tree", "-");
            daemon.gantry("cp", "-", "copies:/tmp")
                    .reading(archive.bytes())
                    .run()
                    .ok();
            gantry("cp", "copies:/tmp/tree/sub/file", directory.resolve("file").toString())
                    .ok();
            assertThat(directory.resolve("file")).hasContent("content");
        } finally {
            gantry("rm", "copies").ok();
        }
    }

    @Test
    void aMissingEngineAndAnUnknownVerbAreToldPlainly() {
        Result unreachable = Command.of(
                        daemon.gantryLine().get(0),
                        "-cp",
                        System.getProperty("java.class.path"),
                        "dev.gantry.cli.Main",
                        "-H",
                        "unix:///nowhere/gantry.sock",
                        "ps")
                .run();
        assertThat(unreachable.exit()).isEqualTo(1);
        assertThat(unreachable.err())
                .startsWith("Cannot connect to the engine at unix:///nowhere/gantry.sock. Is gantryd running?");
        assertThat(gantry("no-such-verb").exit()).isEqualTo(1);
    }

    @Test
    void pullOfWhatNoRegistryHasFails() {
        Result result = gantry("pull", "127.0.0.1:1/no/such");
        assertThat(result.exit()).isEqualTo(1);
        assertThat(result.err()).startsWith("Error response from daemon: ").contains("127.0.0.1:1");
    }
}
