package dev.gantry.daemon.service.container;

import dev.gantry.daemon.type.EngineException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;

/**
 * Writes down what has happened to containers, which a full disk cannot undo: now, or as soon as the disk takes it. Until
 * then only a crash of the daemon would forget it. Safe for use by many threads.
 */
final class LateRecords {

    private static final Logger LOG = System.getLogger(LateRecords.class.getName());
    private static final Duration PAUSE = Duration.ofSeconds(2);

    private final ContainerIndex index;
    private final Executor executor;

    /** @param executor runs the further tries, which wait for the container's lock */
    LateRecords(ContainerIndex index, Executor executor) {
        this.index = index;
        this.executor = executor;
    }

    /** Writes a container's record. The container's lock is held. */
    void save(Container container) {
        try {
            index.save(container.record());
        } catch (EngineException refused) {
            LOG.log(
                    Level.WARNING,
                    "container record not written, trying again id={0} reason={1}",
                    container.id().shortForm(),
                    refused.getMessage());
            tryLater(container);
        }
    }

    private void tryLater(Container container) {
        CompletableFuture.delayedExecutor(PAUSE.toMillis(), TimeUnit.MILLISECONDS, executor)
                .execute(() -> tryAgain(container));
    }

    private void tryAgain(Container container) {
        try {
            container.exclusively(() -> {
                // what is on its way out must not come back
                if (!container.isGoing()) {
                    index.save(container.record());
                }
                return container;
            });
        } catch (EngineException refused) {
            tryLater(container);
        }
    }
}
