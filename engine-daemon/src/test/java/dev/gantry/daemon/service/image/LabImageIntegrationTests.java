package dev.gantry.daemon.service.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.gantry.daemon.type.EngineException;
import dev.gantry.registry.Digest;
import dev.gantry.registry.Manifest;
import dev.gantry.registry.MediaType;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Pulls from a registry on loopback that holds an image of several layers, where there is one. */
@ExtendWith(RootOnly.class)
@Timeout(180)
class LabImageIntegrationTests {

    private static final int REGISTRY_PORT = 5000;
    private static final String NAME = "127.0.0.1:5000/lab/big:latest";

    @TempDir
    Path directory;

    @BeforeEach
    void registryAnswers() throws IOException {
        boolean answers;
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), REGISTRY_PORT), 1_000);
            answers = true;
        } catch (IOException e) {
            answers = false;
        }
        assumeTrue(answers, "needs a registry with lab/big on 127.0.0.1:5000");
    }

    /** GNU tar extracts the layers one over the other; ours are stacked by an overlay mount. */
    @Test
    void theTreeIsTheOneThatTarExtracts() throws Exception {
        Path ours = Files.createDirectories(directory.resolve("ours"));
        Path theirs = Files.createDirectories(directory.resolve("theirs"));
        try (TestEngine engine = new TestEngine(directory.resolve("engine"))) {
            engine.pull(NAME);
            ImageSummary image = engine.images.inspect(NAME);
            for (Path layer : layers(engine, image)) {
                run("tar", "--numeric-owner", "--xattrs", "-xpf", layer.toString(), "-C", theirs.toString());
            }
            List<String> lower = new ArrayList<>();
            image.image()
                    .layers()
                    .forEach(
                            layer -> lower.add(0, engine.layers.shortPath(layer).toString()));
            run("mount", "-t", "overlay", "overlay", "-o", "ro,lowerdir=" + String.join(":", lower), ours.toString());
            try {
                assertThat(listing(ours)).isEqualTo(listing(theirs));
                run("diff", "-r", "--no-dereference", "-q", ours.toString(), theirs.toString());
            } finally {
                run("umount", ours.toString());
                // Here, as the test framework warns of every link in it.
                run("rm", "-rf", theirs.toString());
            }
        }
    }

    @Test
    void aFullDiskFailsClearlyAndLeavesNothing() throws Exception {
        Path small = Files.createDirectories(directory.resolve("small"));
        run("mount", "-t", "tmpfs", "-o", "size=64m", "tmpfs", small.toString());
        try (TestEngine engine = new TestEngine(small)) {
            assertThatThrownBy(() -> engine.pull(NAME))
                    .isInstanceOf(EngineException.class)
                    .hasMessageContaining("No space left on device");
            assertThat(engine.images.count()).isZero();
            assertThat(engine.layers.list()).isEmpty();
        } finally {
            run("umount", small.toString());
        }
    }

    /** The blobs of the layers, the lowest first. */
    private static List<Path> layers(TestEngine engine, ImageSummary image) throws Exception {
        Digest digest = image.digests().get(0).digest().orElseThrow();
        byte[] manifest = engine.content.read(digest, Documents.MAX_BYTES);
        return Manifest.parse(manifest, MediaType.DOCKER_MANIFEST).layers().stream()
                .map(layer -> engine.content.path(layer.digest()))
                .toList();
    }

    /** Every file with type, mode, owner, size of regular files, time and target of links. */
    private static String listing(Path root) throws Exception {
        String all = run(
                "find",
                root.toString(),
                "-mindepth",
                "1",
                "(",
                "-type",
                "f",
                "-printf",
                "%P|%y|%m|%U:%G|%s|%T@\\n",
                ")",
                "-o",
                "-printf",
                "%P|%y|%m|%U:%G|%l|%T@\\n");
        return all.lines().sorted().collect(Collectors.joining("\n"));
    }

    private static String run(String... command) throws Exception {
        Path output = Files.createTempFile("output", ".txt");
        try {
            Process process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(output.toFile())
                    .start();
            assertThat(process.waitFor(120, TimeUnit.SECONDS)).isTrue();
            assertThat(process.exitValue()).as(() -> String.join(" ", command)).isZero();
            return Files.readString(output);
        } finally {
            Files.delete(output);
        }
    }
}
