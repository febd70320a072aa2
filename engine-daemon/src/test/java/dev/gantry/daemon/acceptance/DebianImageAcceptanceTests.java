package dev.gantry.daemon.acceptance;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** A Debian made of its packages, pushed to a registry by skopeo, is pulled and works. verify.sh makes the archive. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DebianImageAcceptanceTests {

    private LocalRegistry registry;
    private TestDaemon daemon;
    private String name;

    @BeforeAll
    void start() throws IOException {
        Needs.root();
        Needs.program("docker", "the command line this engine must satisfy");
        LocalRegistry.require();
        Path archive = cache().resolve("gantry-verify/debian.tar");
        assumeTrue(Files.exists(archive), "needs " + archive + ", which verify.sh makes with mmdebstrap");
        registry = LocalRegistry.start();
        name = registry.push(archive, "library/debian:stable");
        daemon = TestDaemon.start();
    }

    private static Path cache() {
        return Optional.ofNullable(System.getenv("XDG_CACHE_HOME"))
                .filter(text -> !text.isEmpty())
                .map(Path::of)
                .orElseGet(() -> Path.of(System.getProperty("user.home"), ".cache"));
    }

    @AfterAll
    void stop() throws IOException {
        if (daemon != null) {
            daemon.close();
        }
        if (registry != null) {
            registry.close();
        }
    }

    @Test
    void pulledByTagWithDockerItRunsAptPsAndAShell() {
        assertThat(daemon.docker("pull", name).run().ok()).contains("Downloaded newer image for " + name);
        assertWorks(daemon.docker("run", "--rm", name, "apt-get", "--version"), "apt 2.");
        assertWorks(daemon.docker("run", "--rm", name, "sh", "-c", "ps -o pid,comm; exit 0"), "1 sh");
        assertWorks(daemon.docker("run", "--rm", name, "cat", "/etc/os-release"), "ID=debian");
        assertWorks(
                daemon.docker("run", "-i", "--rm", name, "sh")
                        .reading("dpkg-query -W -f '${Status}' apt\n".getBytes(UTF_8)),
                "install ok installed");
        assertShellOnATerminal("docker -H unix://" + daemon.socket(), name);
    }

    @Test
    void pulledByDigestWithGantryItRunsAptPsAndAShell() {
        String digest = Command.of(
                        "skopeo", "inspect", "--tls-verify=false", "--format", "{{.Digest}}", "docker://" + name)
                .run()
                .ok();
        String byDigest = name.replaceAll(":stable$", "@" + digest);
        assertThat(daemon.gantry("pull", byDigest).run().ok()).contains(digest);
        assertWorks(daemon.gantry("run", "--rm", byDigest, "apt-get", "--version"), "apt 2.");
        assertWorks(daemon.gantry("run", "--rm", byDigest, "sh", "-c", "ps -o pid,comm; exit 0"), "1 sh");
        assertShellOnATerminal(String.join(" ", daemon.gantryLine()), byDigest);
    }

    /** Types into a shell by a pseudo terminal, as a user does. */
    private static void assertShellOnATerminal(String client, String image) {
        Needs.program("script", "to give the command line a terminal");
        Command.Result result = Command.of("script", "-qec", client + " run -it --rm " + image + " bash", "/dev/null")
                .reading("echo $((6 * 7)); tty; exit 3\n".getBytes(UTF_8))
                .run();
        assertThat(result.out()).contains("42").contains("/dev/pts/0");
        assertThat(result.exit()).isEqualTo(3);
    }

    private static void assertWorks(Command command, String expected) {
        assertThat(command.run().ok()).contains(expected);
    }
}
