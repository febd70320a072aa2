package dev.gantry.daemon.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which namespaces a container shares, as {@code /proc/self/ns} tells it. */
class HostConfigNamespacesAcceptanceTests {

    private static final String DONOR = "hc-namespace-donor";

    private static TestEngine engine;

    @BeforeAll
    static void start() {
        engine = TestEngine.start();
    }

    @AfterAll
    static void stop() throws IOException {
        if (engine != null) {
            engine.close();
        }
    }

    @AfterEach
    void removeDonor() {
        engine.docker("rm", "-f", DONOR).run();
    }

    private static void donor(String... options) {
        List<String> line = new java.util.ArrayList<>(List.of("run", "-d", "--name", DONOR));
        line.addAll(List.of(options));
        line.addAll(List.of(TestEngine.IMAGE, "sleep", "1000"));
        engine.docker(line.toArray(String[]::new)).run().ok();
    }

    private static String inDonor(String script) {
        return engine.docker("exec", DONOR, "sh", "-c", script).run().ok();
    }

    private static String namespace(String kind, String... options) {
        return engine.sh(List.of(options), "readlink /proc/self/ns/" + kind);
    }

    @ParameterizedTest
    @ValueSource(strings = {"pid", "ipc", "uts"})
    void ownUnlessTheHostsIsAskedFor(String kind) throws IOException {
        String host = Files.readSymbolicLink(Path.of("/proc/self/ns", kind)).toString();
        String own = namespace(kind);
        String shared = namespace(kind, "--" + kind + "=host");
        assertThat(own).isNotEqualTo(shared);
        engine.onThisHost();
        assertThat(shared).isEqualTo(host);
    }

    @Test
    void groupsNamespaceIsPrivateWhereAskedFor() {
        assertThat(engine.sh(List.of("--cgroupns=private"), "cut -d: -f3 /proc/self/cgroup | sort -u"))
                .isEqualTo("/");
        assertThat(engine.sh(List.of("--cgroupns=host"), "cut -d: -f3 /proc/self/cgroup | sort -u"))
                .contains("gantry");
    }

    @Test
    void processesOfAnotherContainer() {
        donor();
        assertThat(engine.sh(List.of("--pid=container:" + DONOR), "readlink /proc/self/ns/pid"))
                .isEqualTo(inDonor("readlink /proc/self/ns/pid"));
        assertThat(engine.sh(List.of("--pid=container:" + DONOR, "--init"), "cat /proc/1/cmdline | tr '\\0' ' '"))
                .isEqualTo("sleep 1000");
    }

    @Test
    void renamedContainerIsFoundAllTheSame() {
        donor();
        String id = engine.docker(
                        "create", "--pid=container:" + DONOR, TestEngine.IMAGE, "readlink", "/proc/self/ns/pid")
                .run()
                .ok();
        try {
            engine.docker("rename", DONOR, DONOR + "-moved").run().ok();
            String seen = engine.docker("start", "-a", id).run().ok();
            engine.docker("rename", DONOR + "-moved", DONOR).run().ok();
            assertThat(seen).isEqualTo(inDonor("readlink /proc/self/ns/pid"));
        } finally {
            engine.docker("rm", "-f", id).run();
        }
    }

    @Test
    void memoryAndQueuesOfAnotherContainer() {
        donor("--ipc=shareable", "--shm-size=4m");
        inDonor("echo from the donor >/dev/shm/note");
        List<String> sharing = List.of("--ipc=container:" + DONOR);
        assertThat(engine.sh(sharing, "cat /dev/shm/note; df -k /dev/shm | tail -1 | tr -s ' ' | cut -d' ' -f2"))
                .isEqualTo("from the donor\n4096");
        assertThat(engine.sh(sharing, "readlink /proc/self/ns/ipc")).isEqualTo(inDonor("readlink /proc/self/ns/ipc"));
    }

    @Test
    void memoryIsNotSharedUnlessItsOwnerWantsThat() {
        donor();
        assertThat(engine.run(List.of("--ipc=container:" + DONOR), "true").err())
                .contains("non-shareable IPC (hint: use IpcMode:shareable for the donor container)");
    }

    @Test
    void noMemoryAtAll() {
        assertThat(engine.sh(List.of("--ipc=none"), "grep -c ' /dev/shm ' /proc/mounts; true"))
                .isEqualTo("0");
    }

    @Test
    void clientsOfOldVersionsGetMemoryThatCanBeShared() throws IOException {
        Http.Answer old = engine.create("/v1.39", "'HostConfig':{'NetworkMode':'none'}", "sleep 1000");
        assertThat(old.status()).as(old.body()).isEqualTo(201);
        try {
            engine.docker("start", old.id()).run().ok();
            assertThat(engine.sh(List.of("--ipc=container:" + old.id()), "echo shared"))
                    .isEqualTo("shared");
        } finally {
            engine.docker("rm", "-f", old.id()).run();
        }
    }

    @Test
    void networkOfAnotherContainer() {
        donor("--network=none");
        assertThat(engine.sh(List.of("--network=container:" + DONOR), "readlink /proc/self/ns/net"))
                .isEqualTo(inDonor("readlink /proc/self/ns/net"));
    }

    @Test
    void usersAreTheHosts() {
        assertThat(engine.sh(List.of("--userns=host"), "cat /proc/self/uid_map | tr -s ' '")
                        .strip())
                .isEqualTo("0 0 4294967295");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "'PidMode':'nonsense' | 400 | invalid PID mode: nonsense",
                "'IpcMode':'nonsense' | 400 | invalid IPC mode: nonsense",
                "'UTSMode':'nonsense' | 400 | invalid UTS mode: nonsense",
                "'CgroupnsMode':'nonsense' | 400 | invalid cgroup namespace mode: nonsense",
                "'PidMode':'container:nobody' | 400 | No such container: nobody",
                "'IpcMode':'container:nobody' | 400 | No such container: nobody",
                "'NetworkMode':'container:nobody' | 400 | No such container: nobody"
            })
    void whatCannotBeIsSaid(String fields, int status, String message) throws IOException {
        engine.assertRefused("'HostConfig':{" + fields + "}", status, message);
    }
}
