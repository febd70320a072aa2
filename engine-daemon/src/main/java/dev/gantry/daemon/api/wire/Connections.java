package dev.gantry.daemon.api.wire;

import dev.gantry.daemon.linux.SocketState;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * All connections that handlers have taken over, and the one thread that notices when their clients go away. Closing
 * ends every stream.
 */
public final class Connections implements AutoCloseable {

    /** How long a client may be gone unnoticed; also what a new connection waits to be watched. */
    private static final Duration LOOK = Duration.ofMillis(250);

    private final Set<OwnedConnection> open = ConcurrentHashMap.newKeySet();
    private final Set<OwnedConnection> watched = ConcurrentHashMap.newKeySet();
    private final Object lock = new Object();
    private @Nullable Thread watcher;
    private boolean closed;

    void add(OwnedConnection connection) {
        synchronized (lock) {
            if (!closed) {
                open.add(connection);
                watched.add(connection);
                if (watcher == null) {
                    watcher = new Thread(null, this::watch, "wire-watch", 128 * 1024);
                    watcher.setDaemon(true);
                    watcher.start();
                }
                lock.notifyAll();
                return;
            }
        }
        connection.close();
    }

    void unwatch(OwnedConnection connection) {
        watched.remove(connection);
    }

    void remove(OwnedConnection connection) {
        watched.remove(connection);
        open.remove(connection);
    }

    /** How many streams are open now. */
    public int count() {
        return open.size();
    }

    private void watch() {
        try {
            while (awaitWork()) {
                List<OwnedConnection> connections = List.copyOf(watched);
                int[] descriptors = connections.stream()
                        .mapToInt(OwnedConnection::descriptor)
                        .toArray();
                boolean[] gone = SocketState.awaitHangup(descriptors, LOOK);
                for (int i = 0; i < gone.length; i++) {
                    // a connection closed meanwhile may have left its number to another one
                    if (gone[i] && watched.contains(connections.get(i))) {
                        connections.get(i).clientGone();
                    }
                }
            }
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
        }
    }

    private boolean awaitWork() throws InterruptedException {
        synchronized (lock) {
            while (watched.isEmpty() && !closed) {
                lock.wait(60_000);
            }
            return !closed;
        }
    }

    @Override
    public void close() {
        synchronized (lock) {
            closed = true;
            lock.notifyAll();
        }
        List.copyOf(open).forEach(OwnedConnection::close);
    }
}
