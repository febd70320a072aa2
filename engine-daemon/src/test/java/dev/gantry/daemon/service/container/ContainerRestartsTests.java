package dev.gantry.daemon.service.container;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gantry.daemon.service.container.ContainerRestarts.Standing;
import dev.gantry.daemon.service.container.ContainerState.Status;
import dev.gantry.daemon.service.schedule.FakeSchedule;
import dev.gantry.daemon.store.metadata.MetadataStore;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

class ContainerRestartsTests {

    @TempDir
    private Path directory;

    private final FakeSchedule time = new FakeSchedule();
    private final List<Container> started = new ArrayList<>();
    private ContainerIndex index;
    private ContainerRestarts restarts;

    @BeforeEach
    void open() {
        index = index();
        restarts = new ContainerRestarts(index, time, new StartQueue(Runnable::run, 4), started::add);
        restarts.open();
    }

    private ContainerIndex index() {
        return new ContainerIndex(MetadataStore.open(
                directory, ContainerRecord.class, JsonMapper.builder().build()));
    }

    private Container running(String policy) {
        ContainerRecord record = Requests.record(Requests.id("ab"), "c", time.instant());
        Container container = new Container(record.withHost(
                        record.host().withRestart(RestartPolicy.of(policy, policy.equals("on-failure") ? 2 : 0)))
                .withState(runningState(record)));
        index.add(container);
        return container;
    }

    private ContainerState runningState(ContainerRecord record) {
        return record.state().started(42, time.instant(), Optional.empty(), List.of());
    }

    /** Ends a run as the engine does; true where another is planned. */
    private boolean end(Container container, int code, Duration uptime) {
        return container.exclusively(() -> {
            boolean again = restarts.decide(container, container.state().exited(code, false, time.instant()));
            container.announceExit(new ExitStatus(code, ""));
            if (again) {
                restarts.plan(container, uptime);
            }
            return again;
        });
    }

    private void runAgain(Container container) {
        container.exclusively(() -> {
            container.replace(container.record().withState(runningState(container.record())));
            return container;
        });
    }

    @Test
    void eachFailureWaitsTwiceAsLongAndCounts() {
        Container container = running("always");
        for (int i = 0; i < 4; i++) {
            assertThat(end(container, 1, Duration.ofSeconds(1))).isTrue();
            assertThat(container.state().status()).isEqualTo(Status.RESTARTING);
            Duration delay = Duration.ofMillis(100L << i);
            assertThat(time.next()).contains(delay);
            time.pass(delay.minusMillis(1));
            assertThat(started).hasSize(i);
            time.pass(Duration.ofMillis(1));
            assertThat(started).hasSize(i + 1);
            runAgain(container);
        }
        assertThat(container.record().restartCount()).isEqualTo(4);
        end(container, 1, Duration.ofSeconds(10));
        assertThat(time.next()).contains(Duration.ofMillis(100));
    }

    @Test
    void retriesEndAtTheirNumberAndAreToldThen() {
        Container container = running("on-failure");
        CompletableFuture<ExitStatus> rest = container.waitFor(WaitCondition.AT_REST);
        for (int i = 0; i < 2; i++) {
            CompletableFuture<ExitStatus> next = container.waitFor(WaitCondition.NOT_RUNNING);
            assertThat(end(container, 7, Duration.ZERO)).isTrue();
            assertThat(next).isCompletedWithValue(new ExitStatus(7, ""));
            assertThat(rest).isNotDone();
            time.pass(Duration.ofMinutes(1));
            runAgain(container);
        }
        assertThat(end(container, 7, Duration.ZERO)).isFalse();
        assertThat(container.state().status()).isEqualTo(Status.EXITED);
        assertThat(rest).isCompletedWithValue(new ExitStatus(7, ""));
        assertThat(time.next()).isEmpty();
    }

    @Test
    void aStopBetweenTwoRunsCallsTheNextOffAndTellsWhoWaits() {
        Container container = running("always");
        end(container, 1, Duration.ZERO);
        CompletableFuture<ExitStatus> waiting = container.waitFor(WaitCondition.NOT_RUNNING);
        assertThat(waiting).isNotDone();
        assertThat(restarts.endByHand(container)).isEqualTo(Standing.CALLED_OFF);
        assertThat(waiting).isCompletedWithValue(new ExitStatus(1, ""));
        assertThat(time.next()).isEmpty();
        assertThat(restarts.endByHand(container)).isEqualTo(Standing.AT_REST);
        assertThat(index().find("c").record()).isEqualTo(container.record());
        assertThat(container.record().stoppedByHand()).isTrue();
    }

    @Test
    void aStopOfARunHoldsOverACrashOfTheEngine() {
        Container container = running("unless-stopped");
        assertThat(restarts.endByHand(container)).isEqualTo(Standing.RUNNING);
        assertThat(index().find("c").record().stoppedByHand()).isTrue();
        assertThat(end(container, 137, Duration.ofHours(1))).isFalse();
    }

    @Test
    void aWishForARestartHoldsOnceAndWithoutAPolicy() {
        Container container = running("no");
        container.wishRestart();
        assertThat(end(container, 137, Duration.ZERO)).isTrue();
        runAgain(container);
        assertThat(end(container, 137, Duration.ZERO)).isFalse();
    }

    @Test
    void anotherPolicyHoldsAtOnce() {
        Container container = running("always");
        end(container, 1, Duration.ZERO);
        restarts.change(container, RestartPolicy.NONE);
        assertThat(container.state().status()).isEqualTo(Status.EXITED);
        assertThat(time.next()).isEmpty();
        assertThat(index().find("c").record().host().restart()).isEqualTo(RestartPolicy.NONE);
    }

    @Test
    void atTheEnginesStartEachPolicyDecidesAnewAndNothingStartsBeforeAllIsKnown() {
        ContainerRestarts next = new ContainerRestarts(index, time, new StartQueue(Runnable::run, 4), started::add);
        List<Container> revived = new ArrayList<>();
        for (String policy : List.of("no", "on-failure", "always", "unless-stopped")) {
            for (int code : new int[] {0, 1}) {
                for (boolean byHand : new boolean[] {false, true}) {
                    revived.add(ended(policy, code, byHand, revived.size()));
                }
            }
        }
        revived.forEach(next::revive);
        assertThat(started).isEmpty();
        next.open();
        assertThat(started.stream().map(c -> c.record().name()))
                .containsExactlyInAnyOrder(
                        "on-failure 1 false",
                        "always 0 false",
                        "always 0 true",
                        "always 1 false",
                        "always 1 true",
                        "unless-stopped 0 false",
                        "unless-stopped 1 false");
    }

    private static Container ended(String policy, int code, boolean byHand, int number) {
        ContainerRecord record = Requests.record(
                Requests.id("b" + Integer.toHexString(number)), policy + " " + code + " " + byHand, Instant.EPOCH);
        return new Container(record.withHost(record.host().withRestart(RestartPolicy.of(policy, 0)))
                .withRestarts(0, byHand)
                .withState(record.state()
                        .started(1, Instant.EPOCH, Optional.empty(), List.of())
                        .exited(code, false, Instant.EPOCH)));
    }
}
