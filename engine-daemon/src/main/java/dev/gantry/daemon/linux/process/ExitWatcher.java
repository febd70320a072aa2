package dev.gantry.daemon.linux.process;

import com.sun.jna.LastErrorException;
import com.sun.jna.Memory;
import com.sun.jna.Native;
import com.sun.jna.Platform;
import com.sun.jna.Pointer;
import dev.gantry.daemon.linux.Errno;
import dev.gantry.daemon.linux.Fd;
import dev.gantry.daemon.linux.LinuxException;
import dev.gantry.daemon.linux.socket.Wakeup;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/** Notices the end of any number of processes with one thread. Safe for use by many threads. */
public final class ExitWatcher implements AutoCloseable {

    private static final int EPOLL_CLOEXEC = 0x80000;
    private static final int EPOLL_CTL_ADD = 1;
    private static final int EPOLLIN = 1;
    private static final int EPOLLONESHOT = 1 << 30;
    private static final long WAKEUP_TOKEN = 0;
    private static final int BATCH = 64;

    /** The kernel packs the structure on x86-64 alone. */
    private static final int TOKEN_OFFSET = Platform.is64Bit() && Platform.isIntel() ? 4 : 8;

    private static final int EVENT_BYTES = TOKEN_OFFSET + Long.BYTES;

    private final Fd epoll;
    private final Wakeup wakeup;
    private final Thread thread;
    private final AtomicLong nextToken = new AtomicLong(WAKEUP_TOKEN + 1);
    private final Map<Long, CompletableFuture<Void>> watches = new ConcurrentHashMap<>();
    private volatile boolean closed;

    private ExitWatcher(Fd epoll, Wakeup wakeup) {
        this.epoll = epoll;
        this.wakeup = wakeup;
        this.thread = new Thread(this::run, "exit-watcher");
        thread.setDaemon(true);
    }

    /** Starts the thread. The caller closes the watcher. */
    public static ExitWatcher start() {
        try {
            Fd epoll = Fd.own(CLibrary.epoll_create1(EPOLL_CLOEXEC));
            ExitWatcher watcher = new ExitWatcher(epoll, Wakeup.open());
            watcher.add(watcher.wakeup.fd(), WAKEUP_TOKEN);
            watcher.thread.start();
            return watcher;
        } catch (LastErrorException e) {
            throw new LinuxException("epoll_create1", "", e.getErrorCode());
        }
    }

    /**
     * Watches a process, which must stay open until the future completes. It completes on the watcher's only thread:
     * what depends on it there must be short.
     */
    public CompletableFuture<Void> watch(PidFd process) {
        CompletableFuture<Void> ended = new CompletableFuture<>();
        long token = nextToken.getAndIncrement();
        watches.put(token, ended);
        add(process.fd(), token);
        return ended;
    }

    private void run() {
        Memory events = new Memory((long) BATCH * EVENT_BYTES);
        while (!closed) {
            int count = await(events);
            for (int i = 0; i < count; i++) {
                long token = events.getLong((long) i * EVENT_BYTES + TOKEN_OFFSET);
                CompletableFuture<Void> watch = watches.remove(token);
                if (watch != null) {
                    watch.complete(null);
                }
            }
        }
    }

    private int await(Memory events) {
        try {
            return CLibrary.epoll_wait(epoll.number(), events, BATCH, -1);
        } catch (LastErrorException e) {
            if (e.getErrorCode() == Errno.EINTR) {
                return 0;
            }
            throw new LinuxException("epoll_wait", "", e.getErrorCode());
        }
    }

    private void add(Fd fd, long token) {
        Memory event = new Memory(EVENT_BYTES);
        event.setInt(0, EPOLLIN | EPOLLONESHOT);
        event.setLong(TOKEN_OFFSET, token);
        try {
            CLibrary.epoll_ctl(epoll.number(), EPOLL_CTL_ADD, fd.number(), event);
        } catch (LastErrorException e) {
            throw new LinuxException("epoll_ctl", "descriptor " + fd.number(), e.getErrorCode());
        }
    }

    /** Ends the thread; futures that are not complete stay so. */
    @Override
    public void close() {
        closed = true;
        wakeup.signal();
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        wakeup.close();
        epoll.close();
    }

    private static final class CLibrary {
        static {
            Native.register(CLibrary.class, "c");
        }

        static native int epoll_create1(int flags) throws LastErrorException;

        static native int epoll_ctl(int epoll, int operation, int fd, Pointer event) throws LastErrorException;

        static native int epoll_wait(int epoll, Pointer events, int count, int timeout) throws LastErrorException;
    }
}
