package dev.gantry.daemon.service.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gantry.daemon.type.EngineException;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
class SharedWorkTests {

    private static final ImageProgress FIRST = new ImageProgress.Pulling("x", "1");
    private static final ImageProgress LAST = new ImageProgress.Pulled("x", ImageProgress.Outcome.DOWNLOADED);

    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final SharedWork<String> work = new SharedWork<>(threads);

    @AfterEach
    void stop() {
        threads.shutdownNow();
    }

    @Test
    void callersWhoAskForTheSameShareOneRun() throws Exception {
        CountDownLatch told = new CountDownLatch(1);
        CountDownLatch go = new CountDownLatch(1);
        AtomicInteger runs = new AtomicInteger();
        SharedWork.Work task = (listeners, cancellation) -> {
            runs.incrementAndGet();
            listeners.accept(FIRST);
            told.countDown();
            go.await();
            listeners.accept(LAST);
        };
        List<ImageProgress> first = new CopyOnWriteArrayList<>();
        List<ImageProgress> second = new CopyOnWriteArrayList<>();
        CompletableFuture<Void> one = join(task, first::add);
        told.await();
        CompletableFuture<Void> two = join(task, event -> {
            second.add(event);
            go.countDown();
        });

        one.get(10, TimeUnit.SECONDS);
        two.get(10, TimeUnit.SECONDS);

        assertThat(runs).hasValue(1);
        assertThat(first).containsExactly(FIRST, LAST);
        assertThat(second).containsExactly(FIRST, LAST);
    }

    @Test
    void aFailureReachesTheCallerAfterTheEvents() {
        List<ImageProgress> events = new CopyOnWriteArrayList<>();

        assertThatThrownBy(() -> work.join(
                        "k",
                        (listeners, cancellation) -> {
                            listeners.accept(FIRST);
                            throw EngineException.notFound("gone");
                        },
                        events::add))
                .hasMessage("gone");
        assertThat(events).containsExactly(FIRST);
    }

    @Test
    void theRunIsCancelledWhenItsLastListenerGoes() throws Exception {
        CountDownLatch cancelled = new CountDownLatch(1);

        assertThatThrownBy(() -> work.join(
                        "k",
                        (listeners, cancellation) -> {
                            cancellation.onRequest(cancelled::countDown);
                            listeners.accept(FIRST);
                            cancelled.await();
                        },
                        event -> {
                            throw new IOException("client gone");
                        }))
                .hasMessage("client gone");

        assertThat(cancelled.await(10, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void theRunGoesOnAsLongAsSomebodyListens() throws Exception {
        CountDownLatch told = new CountDownLatch(1);
        CountDownLatch go = new CountDownLatch(1);
        SharedWork.Work task = (listeners, cancellation) -> {
            listeners.accept(FIRST);
            told.countDown();
            go.await();
            listeners.accept(LAST);
        };
        List<ImageProgress> events = new CopyOnWriteArrayList<>();
        CompletableFuture<Void> stays = join(task, events::add);
        told.await();

        assertThatThrownBy(() -> work.join("k", task, event -> {
                    throw new IOException("client gone");
                }))
                .hasMessage("client gone");
        go.countDown();
        stays.get(10, TimeUnit.SECONDS);

        assertThat(events).containsExactly(FIRST, LAST);
    }

    private CompletableFuture<Void> join(SharedWork.Work task, ProgressSink sink) {
        return CompletableFuture.runAsync(
                () -> {
                    try {
                        work.join("k", task, sink);
                    } catch (IOException | InterruptedException e) {
                        throw new IllegalStateException(e);
                    }
                },
                threads);
    }
}
