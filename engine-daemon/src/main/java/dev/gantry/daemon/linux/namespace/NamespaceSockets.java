package dev.gantry.daemon.linux.namespace;

import dev.gantry.daemon.linux.Fd;
import dev.gantry.daemon.linux.LinuxException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ProtocolFamily;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Opens sockets in network namespaces: a socket stays in the namespace it was made in, whoever uses it later. One thread
 * does so for all, and is in another's namespace only for the microseconds that takes. Safe for use by many threads.
 */
public final class NamespaceSockets implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final Fd home;
    private ExecutorService thread = newThread();

    private NamespaceSockets(Fd home) {
        this.home = home;
    }

    /** Made by a thread in the namespace that its own thread is to return to. */
    public static NamespaceSockets create() {
        return new NamespaceSockets(new NetworkNamespace(Path.of("/proc/thread-self/ns/net")).open());
    }

    private static ExecutorService newThread() {
        return Executors.newSingleThreadExecutor(work -> {
            Thread thread = new Thread(null, work, "netns-sockets", 256 * 1024);
            thread.setDaemon(true);
            return thread;
        });
    }

    /**
     * Opens a socket that is not connected yet. The caller closes it.
     *
     * @throws LinuxException when the namespace cannot be entered
     * @throws UncheckedIOException when there can be no such socket
     */
    public SocketChannel open(Fd namespace, ProtocolFamily family) {
        try {
            return submit(namespace, family).get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException cause) {
                throw cause;
            }
            throw new UncheckedIOException("Opening a socket in a network namespace", new IOException(e.getCause()));
        } catch (TimeoutException e) {
            throw new UncheckedIOException("Opening a socket took over " + PATIENCE, new IOException(e));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new UncheckedIOException("Interrupted while opening a socket", new IOException(e));
        }
    }

    private synchronized Future<SocketChannel> submit(Fd namespace, ProtocolFamily family) {
        return thread.submit(() -> openInside(namespace, family));
    }

    private SocketChannel openInside(Fd namespace, ProtocolFamily family) throws IOException {
        NetworkNamespace.enter(namespace);
        SocketChannel channel;
        try {
            channel = SocketChannel.open(family);
        } finally {
            returnHome();
        }
        return channel;
    }

    /** A thread that cannot return must do nothing more, and must not be what its successor is born from. */
    private void returnHome() {
        try {
            NetworkNamespace.enter(home);
        } catch (LinuxException e) {
            replaceThread();
            throw e;
        }
    }

    private synchronized void replaceThread() {
        thread.shutdownNow();
        thread = newThread();
    }

    @Override
    public synchronized void close() {
        thread.shutdownNow();
        home.close();
    }
}
