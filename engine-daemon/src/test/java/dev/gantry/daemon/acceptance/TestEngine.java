package dev.gantry.daemon.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The engine that containers are tested on: a daemon of the test's own, or, where the system property {@code
 * gantry.test.host} names one ({@code tcp://127.0.0.1:2375}), that one, on whatever machine it runs. Whoever starts it
 * closes it.
 */
final class TestEngine implements AutoCloseable {

    static final String IMAGE = "test/busybox";

    private final @Nullable TestDaemon own;
    private final String host;
    private final String cgroupVersion;

    private TestEngine(@Nullable TestDaemon own, String host) {
        this.own = own;
        this.host = host;
        docker("import", "-", IMAGE).reading(TestImage.busybox()).run().ok();
        this.cgroupVersion =
                docker("info", "--format", "{{.CgroupVersion}}").run().ok();
    }

    /** Starts a daemon with further options, or takes the one that is given, which has its own. */
    static TestEngine start(String... options) {
        String given = System.getProperty("gantry.test.host", "");
        Needs.program("docker", "the command line this engine must satisfy");
        if (!given.isEmpty()) {
            return new TestEngine(null, given);
        }
        Needs.root();
        TestDaemon daemon = TestDaemon.start(options);
        return new TestEngine(daemon, "unix://" + daemon.socket());
    }

    /** Skips a test that has to see or prepare the host of the engine, where that is another machine. */
    TestDaemon onThisHost() {
        assumeTrue(own != null, "the engine runs on another machine: its host cannot be looked at");
        if (own == null) {
            throw new IllegalStateException("unreachable");
        }
        return own;
    }

    Command docker(String... arguments) {
        List<String> line = new ArrayList<>(List.of("docker", "-H", host));
        line.addAll(List.of(arguments));
        return Command.of(line);
    }

    Http http() {
        return new Http(URI.create(host));
    }

    boolean hasUnifiedCgroups() {
        return cgroupVersion.equals("2");
    }

    /** The path inside a container of a file of its cgroup. */
    String cgroupFile(String controllerV1, String fileV1, String fileV2) {
        return hasUnifiedCgroups() ? "/sys/fs/cgroup/" + fileV2 : "/sys/fs/cgroup/" + controllerV1 + "/" + fileV1;
    }

    /** Runs a shell script in a container with options and gives what it printed. */
    String sh(List<String> options, String script) {
        return run(options, script).ok();
    }

    /** Runs a shell script in a container with options. */
    Command.Result run(List<String> options, String script) {
        List<String> line = new ArrayList<>(List.of("run", "--rm"));
        if (options.stream().noneMatch(option -> option.startsWith("--network"))) {
            line.add("--network=none");
        }
        line.addAll(options);
        line.addAll(List.of(IMAGE, "sh", "-c", script));
        return docker(line.toArray(String[]::new)).run();
    }

    /** Makes and starts a container from JSON, whose command is a shell script; gives its output when it has ended. */
    String shOf(String fields, String script) throws IOException {
        String id = created(fields, script);
        try {
            Http.Answer started = http().post("/containers/" + id + "/start");
            assertThat(started.status()).as(started.body()).isEqualTo(204);
            docker("wait", id).run().ok();
            return docker("logs", id).run().ok();
        } finally {
            docker("rm", "-f", id).run();
        }
    }

    /** Makes a container from JSON, whose command is a shell script; gives its id. */
    String created(String fields, String script) throws IOException {
        Http.Answer made = create(fields, script);
        assertThat(made.status()).as(made.body()).isEqualTo(201);
        return made.id();
    }

    /** Asks for a container from JSON with apostrophes for quotes. */
    Http.Answer create(String fields, String script) throws IOException {
        return create("", fields, script);
    }

    /** Asks for a container by a version of the API, as {@code /v1.43}. */
    Http.Answer create(String version, String fields, String script) throws IOException {
        String body = "{\"Image\":\"" + IMAGE + "\",\"Cmd\":[\"sh\",\"-c\",\"" + script.replace("\"", "\\\"") + "\"],"
                + fields.replace('\'', '"') + "}";
        return http().post(version + "/containers/create", body);
    }

    /** Asks for a container that must be refused. */
    void assertRefused(String fields, int status, String message) throws IOException {
        Http.Answer answer = create(fields, "true");
        if (answer.status() == 201) {
            docker("rm", "-f", answer.id()).run();
        }
        assertThat(answer.status()).as(fields + " " + answer.body()).isEqualTo(status);
        assertThat(answer.body().replace("\\\"", "'")).contains(message);
    }

    @Override
    public void close() throws IOException {
        if (own != null) {
            own.close();
        }
    }
}
