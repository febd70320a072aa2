package dev.gantry.daemon.acceptance;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.gantry.daemon.failpoint.Failpoint;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;

/**
 * A gantryd of its own for a test: own roots, own socket, own bridge. Whoever starts it closes it, which removes its
 * containers and everything it made on the host.
 */
final class TestDaemon implements AutoCloseable {

    /** Emulated machines are slow. */
    private static final Duration READY = Duration.ofMinutes(2);

    private static final AtomicInteger COUNT = new AtomicInteger();

    private final Path dataRoot;
    private final Path execRoot;
    private final List<String> options;
    private final List<String> machineOptions;
    private @Nullable Process process;

    private TestDaemon(Path dataRoot, List<String> options, List<String> machineOptions) {
        this.dataRoot = dataRoot;
        // short: the monitor's socket paths are limited to 107 bytes
        this.execRoot = Path.of("/run/gt" + ProcessHandle.current().pid() + "-" + COUNT.incrementAndGet());
        this.options = options;
        this.machineOptions = machineOptions;
    }

    /** Starts a daemon with further options. */
    static TestDaemon start(String... options) {
        return launched(new TestDaemon(newDataRoot(), List.of(options), List.of()));
    }

    /** Starts a daemon that keeps its data in a directory of the caller's, which goes with it. */
    static TestDaemon startIn(Path dataRoot) {
        return launched(new TestDaemon(dataRoot, List.of(), List.of()));
    }

    /** Starts a daemon that dies where a file says; see {@link Failpoint}. */
    static TestDaemon startDyingAsSaid(Path plan) {
        return launched(new TestDaemon(newDataRoot(), List.of(), List.of("-D" + Failpoint.PROPERTY + "=" + plan)));
    }

    private static Path newDataRoot() {
        try {
            return Files.createTempDirectory(Path.of("/var/tmp"), "gantry-test-");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static TestDaemon launched(TestDaemon daemon) {
        try {
            daemon.launch();
            return daemon;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Starts the process and waits until it answers. */
    void launch() throws IOException {
        Files.createDirectories(execRoot);
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-Xmx256m",
                "--add-exports=java.base/sun.nio.ch=ALL-UNNAMED"));
        command.addAll(machineOptions);
        command.addAll(List.of(
                "-cp",
                System.getProperty("java.class.path"),
                "dev.gantry.daemon.boot.GantryApplication",
                "--data-root",
                dataRoot.toString(),
                "--exec-root",
                execRoot.toString(),
                "--pidfile",
                execRoot.resolve("gantryd.pid").toString(),
                "-H",
                "unix://" + socket()));
        command.addAll(options);
        process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log().toFile()))
                .start();
        Awaitility.await("the daemon answers; its log: " + log())
                .atMost(READY)
                .pollInterval(Duration.ofMillis(20))
                .until(this::answersOrDied);
        if (!running().isAlive()) {
            throw new IllegalStateException("The daemon died at its start: " + Files.readString(log()));
        }
    }

    private boolean answersOrDied() {
        return !running().isAlive() || ping();
    }

    private boolean ping() {
        try (SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX)) {
            channel.connect(UnixDomainSocketAddress.of(socket()));
            channel.write(ByteBuffer.wrap(
                    "GET /_ping HTTP/1.1\r\nHost: gantry\r\nConnection: close\r\n\r\n".getBytes(UTF_8)));
            ByteBuffer answer = ByteBuffer.allocate(64);
            return channel.read(answer) > 12 && new String(answer.array(), UTF_8).startsWith("HTTP/1.1 200");
        } catch (IOException notYet) {
            return false;
        }
    }

    private Process running() {
        Process current = process;
        if (current == null) {
            throw new IllegalStateException("The daemon was never started");
        }
        return current;
    }

    Path socket() {
        return execRoot.resolve("gantry.sock");
    }

    Path dataRoot() {
        return dataRoot;
    }

    Path execRoot() {
        return execRoot;
    }

    Path log() {
        return dataRoot.resolve("gantryd.log");
    }

    long pid() {
        return running().pid();
    }

    /** Ends the daemon as a crash does. */
    void kill() {
        ended(running().destroyForcibly(), READY);
    }

    /** Waits until the daemon has died by itself; gives its exit status. */
    int died() {
        if (!ended(running(), READY)) {
            throw new AssertionError("the daemon lives on; its log: " + log());
        }
        return running().exitValue();
    }

    private static boolean ended(Process ending, Duration deadline) {
        try {
            return ending.waitFor(deadline.toSeconds(), TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while the daemon ends", e);
        }
    }

    /** Asks the daemon to end and waits for it. */
    void stop() {
        running().destroy();
        if (!ended(running(), Duration.ofSeconds(30))) {
            kill();
            throw new IllegalStateException("The daemon did not end within 30 s of SIGTERM");
        }
    }

    /** Runs the docker command line against this daemon. */
    Command docker(String... arguments) {
        List<String> line = new ArrayList<>(List.of("docker", "-H", "unix://" + socket()));
        line.addAll(List.of(arguments));
        return Command.of(line);
    }

    /** Runs Gantry's own command line against this daemon, in a process of its own. */
    Command gantry(String... arguments) {
        List<String> line = new ArrayList<>(gantryLine());
        line.addAll(List.of(arguments));
        return Command.of(line);
    }

    /** The words that start Gantry's command line; arguments follow. */
    List<String> gantryLine() {
        return List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                "dev.gantry.cli.Main",
                "-H",
                "unix://" + socket());
    }

    @Override
    public void close() throws IOException {
        try {
            if (running().isAlive()) {
                Command.Result ids = docker("ps", "-aq").run();
                if (!ids.out().isBlank()) {
                    List<String> line = new ArrayList<>(List.of("rm", "-fv"));
                    line.addAll(ids.out().lines().toList());
                    docker(line.toArray(String[]::new)).run();
                }
                stop();
            }
        } finally {
            HostState.removeAllOf(this);
        }
    }
}
