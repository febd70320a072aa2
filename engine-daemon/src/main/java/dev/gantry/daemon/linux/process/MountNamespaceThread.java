package dev.gantry.daemon.linux.process;

import com.sun.jna.LastErrorException;
import com.sun.jna.Native;
import com.sun.jna.NativeLong;
import com.sun.jna.Pointer;
import dev.gantry.daemon.linux.LinuxException;
import dev.gantry.daemon.type.EngineException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;

/**
 * A thread in a mount namespace of its own, in which some mounts are hidden. Mounts that are made later below shared
 * mounts reach it; its own do not reach out. Programs it starts live in that namespace. Safe for use by many threads,
 * which take turns.
 */
public final class MountNamespaceThread implements AutoCloseable {

    private static final int CLONE_FS = 0x200;
    private static final int CLONE_NEWNS = 0x20000;
    private static final long MS_REC = 0x4000;
    private static final long MS_SLAVE = 0x80000;
    private static final int MNT_DETACH = 2;

    private final ExecutorService executor;

    private MountNamespaceThread(ExecutorService executor) {
        this.executor = executor;
    }

    /**
     * Starts the thread. The caller closes it; programs it started keep the namespace.
     *
     * @param hidden mount points that are taken away in the namespace
     * @param deadline for all of it
     */
    public static MountNamespaceThread start(List<Path> hidden, Duration deadline) {
        ExecutorService executor = Executors.newSingleThreadExecutor(task -> {
            Thread thread = new Thread(task, "mount-namespace");
            thread.setDaemon(true);
            return thread;
        });
        MountNamespaceThread started = new MountNamespaceThread(executor);
        try {
            started.run(() -> leave(hidden), deadline);
            return started;
        } catch (LinuxException | EngineException e) {
            started.close();
            throw e;
        }
    }

    private static int leave(List<Path> hidden) {
        check("unshare", "mount namespace", () -> CLibrary.unshare(CLONE_FS | CLONE_NEWNS));
        check(
                "mount",
                "/ as slave",
                () -> CLibrary.mount("none", "/", Pointer.NULL, new NativeLong(MS_REC | MS_SLAVE), Pointer.NULL));
        for (Path path : hidden) {
            check("umount2", path.toString(), () -> CLibrary.umount2(path.toString(), MNT_DETACH));
        }
        return hidden.size();
    }

    /**
     * Runs an action on the thread and waits for it.
     *
     * @throws EngineException of kind unavailable where the deadline comes first; the action may still run then
     */
    public <T> T run(Supplier<T> action, Duration deadline) {
        Future<T> future = executor.submit(action::get);
        try {
            return future.get(deadline.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException failure) {
                throw failure;
            }
            throw EngineException.internal("an action in a mount namespace failed", e);
        } catch (TimeoutException e) {
            throw new EngineException(
                    EngineException.Kind.UNAVAILABLE, "the mount namespace was busy for " + deadline, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new EngineException(
                    EngineException.Kind.UNAVAILABLE, "interrupted while waiting for the mount namespace", e);
        }
    }

    /** Ends the thread once its present action is over. */
    @Override
    public void close() {
        executor.shutdown();
    }

    private static void check(String name, String subject, SystemCall call) {
        try {
            call.run();
        } catch (LastErrorException e) {
            throw new LinuxException(name, subject, e.getErrorCode());
        }
    }

    private interface SystemCall {
        int run() throws LastErrorException;
    }

    private static final class CLibrary {
        static {
            Native.register(CLibrary.class, "c");
        }

        static native int unshare(int flags) throws LastErrorException;

        static native int mount(String source, String target, Pointer type, NativeLong flags, Pointer data)
                throws LastErrorException;

        static native int umount2(String target, int flags) throws LastErrorException;
    }
}
