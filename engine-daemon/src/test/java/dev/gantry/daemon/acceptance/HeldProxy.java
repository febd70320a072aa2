package dev.gantry.daemon.acceptance;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;

/** Passes connections on to a port of this host, counts what comes back, and holds it back once it is much. */
final class HeldProxy implements AutoCloseable {

    private final ServerSocket listener;
    private final int target;
    private final long limit;
    private final AtomicLong passed = new AtomicLong();
    private final CountDownLatch released = new CountDownLatch(1);

    private HeldProxy(ServerSocket listener, int target, long limit) {
        this.listener = listener;
        this.target = target;
        this.limit = limit;
    }

    /** @param limit bytes from the target after which nothing passes until {@link #release} */
    static HeldProxy start(int target, long limit) throws IOException {
        HeldProxy proxy = new HeldProxy(new ServerSocket(0, 50, InetAddress.getLoopbackAddress()), target, limit);
        run(proxy::accept);
        return proxy;
    }

    private static void run(Runnable work) {
        Thread thread = new Thread(work, "held-proxy");
        thread.setDaemon(true);
        thread.start();
    }

    int port() {
        return listener.getLocalPort();
    }

    /** Bytes that came from the target and went on to clients. */
    long passed() {
        return passed.get();
    }

    void release() {
        released.countDown();
    }

    private void accept() {
        while (!listener.isClosed()) {
            try {
                Socket client = listener.accept();
                Socket server = new Socket(InetAddress.getLoopbackAddress(), target);
                run(() -> pass(client, server, new AtomicLong(), Long.MAX_VALUE));
                run(() -> pass(server, client, passed, limit));
            } catch (IOException closed) {
                return;
            }
        }
    }

    private void pass(Socket from, Socket to, AtomicLong count, long most) {
        byte[] buffer = new byte[16_384];
        try (from;
                to) {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                if (count.get() > most) {
                    released.await();
                }
                out.write(buffer, 0, n);
                count.addAndGet(n);
            }
        } catch (IOException connectionEnded) {
            return;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() throws IOException {
        release();
        listener.close();
    }
}
