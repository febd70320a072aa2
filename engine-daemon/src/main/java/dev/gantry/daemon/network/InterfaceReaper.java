package dev.gantry.daemon.network;

import dev.gantry.daemon.linux.Errno;
import dev.gantry.daemon.linux.LinuxException;
import dev.gantry.daemon.linux.netlink.RouteRequests;
import dev.gantry.daemon.linux.netlink.RouteSocket;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Deletes interfaces behind the answer, one after the other on a thread of its own: the kernel takes 10 to 20 ms for
 * each. What a dying daemon did not get to is deleted by the next one's reconciliation.
 */
final class InterfaceReaper implements AutoCloseable {

    private static final System.Logger LOGGER = System.getLogger(InterfaceReaper.class.getName());
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final RouteSocket routes = RouteSocket.open();
    private final ExecutorService thread = Executors.newSingleThreadExecutor(work -> {
        Thread created = new Thread(work, "interface-reaper");
        created.setDaemon(true);
        return created;
    });

    /** Deletes an interface of the host soon. It may be gone already, with its namespace. */
    void delete(String name) {
        thread.execute(() -> {
            try {
                routes.execute(RouteRequests.deleteLink(name));
            } catch (LinuxException e) {
                if (!e.is(Errno.ENODEV)) {
                    LOGGER.log(System.Logger.Level.ERROR, "interface cannot be deleted interface=" + name, e);
                }
            }
        });
    }

    /** Waits until all that was asked for before is done. */
    void drain() {
        try {
            CompletableFuture.runAsync(() -> {}, thread).get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while interfaces were deleted", e);
        } catch (ExecutionException | TimeoutException e) {
            throw new IllegalStateException("Interfaces were not deleted within " + PATIENCE, e);
        }
    }

    /** Finishes what was asked for and ends the thread. */
    @Override
    public void close() {
        drain();
        thread.shutdown();
        routes.close();
    }
}
