package dev.gantry.daemon.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gantry.api.ContainerConfig;
import dev.gantry.api.ContainerCreateRequest;
import dev.gantry.api.ContainerSummary;
import dev.gantry.api.ExecCreateRequest;
import dev.gantry.api.ExecStartRequest;
import dev.gantry.api.HostConfig;
import dev.gantry.api.NetworkingConfig;
import dev.gantry.api.PortBinding;
import dev.gantry.api.RegistryAuth;
import dev.gantry.client.ContainerWait;
import dev.gantry.client.EngineClient;
import dev.gantry.client.EngineClientException;
import dev.gantry.client.Filters;
import dev.gantry.client.WaitCondition;
import dev.gantry.client.transport.HijackedStream;
import dev.gantry.daemon.failpoint.Failpoint;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Wherever the daemon dies, its next life finds each thing whole or gone, nothing leaks, and the same work succeeds. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class FailpointAcceptanceTests {

    private LocalRegistry registry;
    private TestDaemon daemon;
    private Path plan;
    private String image;
    private Map<String, Long> before;

    @BeforeAll
    void start(@TempDir Path directory) throws IOException {
        Needs.root();
        LocalRegistry.require();
        registry = LocalRegistry.start();
        Path archive = Files.write(directory.resolve("busybox.tar"), TestImage.busybox());
        image = registry.push(archive, "job:1");
        plan = directory.resolve("plan");
        daemon = TestDaemon.startDyingAsSaid(plan);
        doTheJob();
        before = atRest();
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

    @ParameterizedTest
    @EnumSource
    void whatACrashCutsShortIsWholeOrGone(Failpoint point) throws IOException {
        Files.writeString(plan, point.word() + ":crash@1");
        doTheJobUntilTheDaemonDies();
        assertThat(daemon.died()).isEqualTo(Failpoint.CRASH_STATUS);
        Files.delete(plan);
        daemon.launch();
        try (EngineClient client = client()) {
            for (ContainerSummary left : client.containers().all(Filters.NONE)) {
                requireWhole(client, left.id());
            }
            takeAwayWhatIsWhole(client);
        }
        doTheJob();
        HostState.awaitAs(before, daemon, "after a crash at " + point.word());
    }

    private Map<String, Long> atRest() {
        Map<String, Long> counts = HostState.settled(daemon);
        // of another process
        counts.remove("descriptors");
        return counts;
    }

    private EngineClient client() {
        return EngineClient.builder()
                .host("unix://" + daemon.socket())
                .timeout(Duration.ofMinutes(1))
                .build();
    }

    private void doTheJobUntilTheDaemonDies() {
        try {
            doTheJob();
        } catch (EngineClientException | IOException daemonDied) {
            assertThat(daemonDied).hasMessageNotContaining("HTTP 500");
        }
    }

    /** All of a container's life and an image's, with volumes and a port; takes away all that it makes. */
    private void doTheJob() throws IOException {
        try (EngineClient client = client()) {
            client.images().pull(image, "", RegistryAuth.ANONYMOUS, message -> {});
            String id = client.containers().create(request(), "job", "").id();
            client.containers().start(id);
            requireRunning(client, id);
            client.containers().rename(id, "renamed");
            try (ContainerWait wait = client.containers().waitFor(id, WaitCondition.NEXT_EXIT)) {
                client.containers().kill(id, "KILL");
                assertThat(wait.await().statusCode()).isEqualTo(137);
            }
            client.containers().remove(id);
            client.volumes().remove("kept");
            client.images().remove(image);
        }
    }

    private ContainerCreateRequest request() {
        return new ContainerCreateRequest(
                ContainerConfig.builder()
                        .image(image)
                        .cmd(List.of("sleep", "1000"))
                        .exposedPorts(Set.of("80/tcp"))
                        .volumes(Set.of("/anonymous"))
                        .build(),
                HostConfig.builder()
                        .binds(List.of("kept:/kept"))
                        .portBindings(Map.of("80/tcp", List.of(new PortBinding("127.0.0.1", ""))))
                        .build(),
                NetworkingConfig.EMPTY);
    }

    /** A container that is there can be started, where it does not run, and works. */
    private static void requireWhole(EngineClient client, String id) throws IOException {
        client.containers().start(id);
        requireRunning(client, id);
    }

    private static void requireRunning(EngineClient client, String id) throws IOException {
        assertThat(client.containers().inspect(id).state().running()).isTrue();
        ExecCreateRequest request = new ExecCreateRequest(
                "",
                false,
                false,
                List.of(),
                false,
                true,
                true,
                "",
                List.of(),
                "",
                List.of("sh", "-c", "touch /kept/file /anonymous/file && ip addr show eth0 | grep -c inet"));
        String exec = client.execs().create(id, request);
        try (HijackedStream stream = client.execs().start(exec, new ExecStartRequest(false, false, List.of()))) {
            stream.input().readAllBytes();
        }
        assertThat(client.execs().inspect(exec).exitCode()).isZero();
    }

    private static void takeAwayWhatIsWhole(EngineClient client) {
        client.containers().all(Filters.NONE).forEach(c -> client.containers().forceRemove(c.id()));
        client.volumes()
                .list(Filters.NONE)
                .volumes()
                .forEach(v -> client.volumes().remove(v.name()));
        client.images().list(Filters.NONE).forEach(i -> client.images().forceRemove(i.id()));
    }
}
