package dev.gantry.daemon.acceptance;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.awaitility.Awaitility;

/** A {@code docker-registry} of a test's own on loopback, which takes images by skopeo. Whoever starts it closes it. */
final class LocalRegistry implements AutoCloseable {

    private static final String PROGRAM = "docker-registry";

    private final Process process;
    private final Path directory;
    private final int port;

    private LocalRegistry(Process process, Path directory, int port) {
        this.process = process;
        this.directory = directory;
        this.port = port;
    }

    /** Skips the test where one of the two programs is not installed. */
    static void require() {
        Needs.program(PROGRAM, "a registry to pull from");
        Needs.program("skopeo", "to push images to a registry");
    }

    static LocalRegistry start() throws IOException {
        Path directory = Files.createTempDirectory(Path.of("/var/tmp"), "gantry-registry-");
        int port;
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = free.getLocalPort();
        }
        Path settings = Files.writeString(
                directory.resolve("settings.yml"),
                "version: 0.1\nlog: {level: error, accesslog: {disabled: true}}\nstorage: {filesystem: {rootdirectory: "
                        + directory.resolve("data") + "}}\nhttp: {addr: \"127.0.0.1:" + port + "\"}\n");
        Process process = new ProcessBuilder(PROGRAM, "serve", settings.toString())
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve("log").toFile())
                .start();
        LocalRegistry registry = new LocalRegistry(process, directory, port);
        Awaitility.await("the registry answers; its log: " + directory.resolve("log"))
                .atMost(Duration.ofSeconds(30))
                .until(registry::answersOrDied);
        return registry;
    }

    private boolean answersOrDied() {
        if (!process.isAlive()) {
            throw new IllegalStateException("The registry died; its log: " + directory.resolve("log"));
        }
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 1_000);
            return true;
        } catch (IOException notYet) {
            return false;
        }
    }

    int port() {
        return port;
    }

    /** The full name of an image here. */
    String name(String repositoryAndTag) {
        return "127.0.0.1:" + port + "/" + repositoryAndTag;
    }

    /** Pushes a root file system as an image of one layer; gives the image's full name. */
    String push(Path archive, String repositoryAndTag) {
        Command.of(List.of(
                        "skopeo",
                        "copy",
                        "--quiet",
                        "--dest-tls-verify=false",
                        "tarball:" + archive,
                        "docker://" + name(repositoryAndTag)))
                .run()
                .ok();
        return name(repositoryAndTag);
    }

    @Override
    public void close() throws IOException {
        process.destroy();
        Awaitility.await("the registry ends").atMost(Duration.ofSeconds(20)).until(() -> !process.isAlive());
        Command.of("rm", "-rf", directory.toString()).run().ok();
    }
}
