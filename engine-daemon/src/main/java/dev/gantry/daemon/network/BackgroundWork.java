package dev.gantry.daemon.network;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Does what nobody needs to wait for behind the answer, one after the other on a thread of its own: the kernel takes 10
 * to 20 ms to delete an interface or to look through the flows. What a dying daemon did not get to is made up for by the
 * next one's reconciliation.
 */
final class BackgroundWork implements AutoCloseable {

    private static final System.Logger LOGGER = System.getLogger(BackgroundWork.class.getName());
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final ExecutorService thread = Executors.newSingleThreadExecutor(work -> {
        Thread created = new Thread(work, "network-background");
        created.setDaemon(true);
        return created;
    });

    /** @param subject what is done, for the log when it fails */
    void run(String subject, Runnable work) {
        thread.execute(() -> {
            try {
                work.run();
            } catch (RuntimeException e) {
                LOGGER.log(System.Logger.Level.ERROR, "network background work failed subject=" + subject, e);
            }
        });
    }

    /** Waits until all that was asked for before is done. */
    void drain() {
        try {
            CompletableFuture.runAsync(() -> {}, thread).get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while background work of the network went on", e);
        } catch (ExecutionException | TimeoutException e) {
            throw new IllegalStateException("Background work of the network took over " + PATIENCE, e);
        }
    }

    /** Finishes what was asked for and ends the thread. */
    @Override
    public void close() {
        drain();
        thread.shutdown();
    }
}
