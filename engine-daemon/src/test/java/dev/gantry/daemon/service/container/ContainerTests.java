package dev.gantry.daemon.service.container;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gantry.daemon.runtime.Attachment;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class ContainerTests {

    private static final Instant TIME = Instant.parse("2026-01-01T00:00:00Z");

    private final Container container = new Container(Requests.record(Requests.id("a1"), "web", TIME));

    private void become(ContainerState state) {
        container.exclusively(() -> {
            container.replace(container.record().withState(state));
            return container;
        });
    }

    @Test
    void waitersForAnExitAreAnsweredOncePerRun() {
        CompletableFuture<ExitStatus> first = container.waitFor(WaitCondition.NEXT_EXIT);
        container.announceExit(new ExitStatus(3, ""));
        CompletableFuture<ExitStatus> second = container.waitFor(WaitCondition.NEXT_EXIT);
        assertThat(first.join().code()).isEqualTo(3);
        assertThat(second).isNotDone();
    }

    @Test
    void notRunningIsAnsweredAtOnceWithTheLastCode() {
        become(container.state().started(1, TIME, Optional.empty(), List.of()));
        CompletableFuture<ExitStatus> waiting = container.waitFor(WaitCondition.NOT_RUNNING);
        assertThat(waiting).isNotDone();
        become(container.state().exited(7, false, TIME));
        assertThat(container.waitFor(WaitCondition.NOT_RUNNING).join().code()).isEqualTo(7);
    }

    @Test
    void whoComesAfterTheRemovalDoesNotWaitForEver() {
        CompletableFuture<ExitStatus> removed = container.waitFor(WaitCondition.REMOVED);
        container.announceRemoval();
        assertThat(removed).isCompleted();
        assertThat(container.waitFor(WaitCondition.NEXT_EXIT)).isCompleted();
        assertThat(container.waitFor(WaitCondition.REMOVED)).isCompleted();
    }

    @Test
    void cancellingOneWaiterLeavesTheOthers() {
        CompletableFuture<ExitStatus> gone = container.waitFor(WaitCondition.NEXT_EXIT);
        CompletableFuture<ExitStatus> stays = container.waitFor(WaitCondition.NEXT_EXIT);
        gone.cancel(false);
        container.announceExit(new ExitStatus(0, ""));
        assertThat(stays.join().code()).isZero();
    }

    @Test
    void attachmentsBeforeTheStartEndWithItsFailureOrTheRemoval() {
        CompletableFuture<Attachment> failed = container.attach(true);
        container.failPending(new IllegalStateException("no start"));
        assertThatThrownBy(failed::join).hasRootCauseMessage("no start");
        CompletableFuture<Attachment> orphaned = container.attach(false);
        container.announceRemoval();
        assertThatThrownBy(orphaned::join).hasMessageContaining("No such container");
    }

    @Test
    void theRecordIsReplacedUnderTheLockOnly() {
        assertThatThrownBy(() -> container.replace(container.record())).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void aFailedStartLeavesTheContainerCreated() {
        ContainerState failed = ContainerState.created().failedToStart(127, "no such file");
        assertThat(failed.status()).isEqualTo(ContainerState.Status.CREATED);
        assertThat(failed.exitCode()).isEqualTo(127);
        assertThat(failed.started(1, TIME, Optional.empty(), List.of()).error()).isEmpty();
    }
}
