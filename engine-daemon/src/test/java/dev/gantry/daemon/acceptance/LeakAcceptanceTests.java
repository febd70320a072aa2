package dev.gantry.daemon.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gantry.api.ContainerConfig;
import dev.gantry.api.ContainerCreateRequest;
import dev.gantry.api.HostConfig;
import dev.gantry.api.NetworkingConfig;
import dev.gantry.client.ContainerWait;
import dev.gantry.client.EngineClient;
import dev.gantry.client.EngineClientException;
import dev.gantry.client.WaitCondition;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Runs leave nothing behind, however they end and whatever happens to the daemon meanwhile. */
class LeakAcceptanceTests {

    private static final String IMAGE = "test/busybox";
    private static final int RUNS = 1_000;
    private static final int ROUNDS = 20;
    private static final int RUNS_A_ROUND = 10;

    private TestDaemon daemon;

    @BeforeEach
    void start() {
        Needs.root();
        Needs.program("docker", "to bring the image in");
        daemon = TestDaemon.start();
        daemon.docker("import", "-", IMAGE).reading(TestImage.busybox()).run().ok();
    }

    @AfterEach
    void stop() throws IOException {
        if (daemon != null) {
            daemon.close();
        }
    }

    private EngineClient client() {
        return EngineClient.builder()
                .host("unix://" + daemon.socket())
                .timeout(Duration.ofMinutes(1))
                .build();
    }

    private static long run(EngineClient client, String... command) throws IOException {
        String id = client.containers().create(removedAtItsEnd(command), "", "").id();
        try (ContainerWait wait = client.containers().waitFor(id, WaitCondition.REMOVED)) {
            client.containers().start(id);
            return wait.await().statusCode();
        }
    }

    private static ContainerCreateRequest removedAtItsEnd(String... command) {
        return new ContainerCreateRequest(
                ContainerConfig.builder().image(IMAGE).cmd(List.of(command)).build(),
                HostConfig.builder().autoRemove(true).build(),
                NetworkingConfig.EMPTY);
    }

    @Test
    void aThousandSerialRunsLeaveNothing() throws IOException {
        try (EngineClient client = client()) {
            for (int i = 0; i < 50; i++) {
                assertThat(run(client, "true")).isZero();
            }
            Map<String, Long> before = HostState.settled(daemon);
            for (int i = 0; i < RUNS; i++) {
                assertThat(run(client, "true")).isZero();
            }
            HostState.awaitAs(before, daemon, "after " + RUNS + " runs");
        }
    }

    @Test
    void twoHundredRunsWithTheDaemonKilledInBetweenLeaveNothing() throws Exception {
        long seed = System.nanoTime();
        System.out.println("LeakAcceptanceTests: seed " + seed);
        Random random = new Random(seed);
        Map<String, Long> before = HostState.settled(daemon);
        before.remove("descriptors");
        for (int round = 0; round < ROUNDS; round++) {
            killAmidRuns(random.nextInt(700));
            daemon.launch();
            requireWholeOrGone();
        }
        HostState.awaitAs(before, daemon, "after " + ROUNDS + " crashes; seed " + seed);
    }

    private void killAmidRuns(int afterMillis) throws InterruptedException, ExecutionException {
        ExecutorService users = Executors.newFixedThreadPool(4);
        try {
            List<Future<?>> runs = new ArrayList<>();
            for (int i = 0; i < RUNS_A_ROUND; i++) {
                runs.add(users.submit(this::runUnlessTheDaemonDies));
            }
            Thread.sleep(afterMillis);
            daemon.kill();
            for (Future<?> run : runs) {
                run.get();
            }
        } finally {
            users.shutdownNow();
        }
    }

    private void runUnlessTheDaemonDies() {
        try (EngineClient client = client()) {
            run(client, "true");
        } catch (EngineClientException | IOException daemonDied) {
            assertThat(daemonDied).hasMessageNotContaining("HTTP 500");
        }
    }

    /** Every container that the next life knows can be looked at, and removed whatever state it is in. */
    private void requireWholeOrGone() {
        for (String id :
                daemon.docker("ps", "-aq", "--no-trunc").run().ok().lines().toList()) {
            Command.Result inspected = daemon.docker("inspect", id).run();
            Command.Result removed = daemon.docker("rm", "-f", id).run();
            boolean goneByItself =
                    removed.err().contains("No such container") || removed.err().contains("in progress");
            assertThat(inspected.exit() == 0 || goneByItself)
                    .as(inspected.err())
                    .isTrue();
            assertThat(removed.exit() == 0 || goneByItself).as(removed.err()).isTrue();
        }
    }
}
