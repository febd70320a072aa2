package dev.gantry.daemon.linux.namespace;

import com.sun.jna.Native;
import dev.gantry.daemon.linux.Errno;
import dev.gantry.daemon.linux.Fd;
import dev.gantry.daemon.linux.LinuxException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * A network namespace that a file pins: it lives as long as the file is mounted, or a process or socket is in it.
 * Whatever runs inside runs on a thread of its own that ends afterwards, so no other thread ever changes its namespace.
 *
 * @param pin the file it is mounted on
 */
public record NetworkNamespace(Path pin) {

    private static final int CLONE_NEWNET = 0x4000_0000;
    private static final long MS_BIND = 4096;
    private static final int MNT_DETACH = 2;
    private static final int O_CLOEXEC = 0x80000;
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    /** Work to be done inside a namespace. Sockets it opens stay in the namespace, whoever uses them later. */
    @FunctionalInterface
    public interface Work<T> {
        T run() throws IOException;
    }

    /**
     * Makes the namespace, does the first work in it and pins it. Leaves nothing behind when that fails.
     *
     * @throws LinuxException when the kernel refuses
     * @throws UncheckedIOException when the file exists already or the work fails so
     */
    public <T> T create(Work<T> first) {
        try {
            Files.createFile(pin);
        } catch (IOException e) {
            throw new UncheckedIOException("Tried to create the network namespace file " + pin, e);
        }
        try {
            return onNewThread(() -> {
                if (CLibrary.unshare(CLONE_NEWNET) != 0) {
                    throw failed("unshare", "a network namespace for " + pin);
                }
                if (CLibrary.mount(bytes("/proc/thread-self/ns/net"), bytes(pin), bytes("none"), MS_BIND, 0) != 0) {
                    throw failed("mount", "the network namespace on " + pin);
                }
                return first.run();
            });
        } catch (RuntimeException e) {
            unpin();
            throw e;
        }
    }

    /**
     * Does work inside the namespace.
     *
     * @throws LinuxException when the namespace cannot be entered
     * @throws UncheckedIOException when the work fails so
     */
    public <T> T call(Work<T> work) {
        try (Fd namespace = open()) {
            return onNewThread(() -> {
                enter(namespace);
                return work.run();
            });
        }
    }

    /** Puts the calling thread into a namespace; whoever calls it must know that nothing else runs on that thread. */
    static void enter(Fd namespace) {
        if (CLibrary.setns(namespace.number(), CLONE_NEWNET) != 0) {
            throw failed("setns", "a network namespace");
        }
    }

    /** Opens a descriptor of the namespace; the caller closes it. */
    public Fd open() {
        int fd = CLibrary.open(bytes(pin), O_CLOEXEC);
        if (fd < 0) {
            throw failed("open", pin.toString());
        }
        return Fd.own(fd);
    }

    /** Takes the pin away, once or however often it was mounted. Does nothing where there is none. */
    public void unpin() {
        while (CLibrary.umount2(bytes(pin), MNT_DETACH) == 0) {
            // A crash between two mounts can have left more than one.
        }
        int errno = Native.getLastError();
        if (errno != Errno.EINVAL && errno != Errno.ENOENT) {
            throw new LinuxException("umount2", pin.toString(), errno);
        }
        try {
            Files.deleteIfExists(pin);
        } catch (IOException e) {
            throw new UncheckedIOException("Tried to delete the network namespace file " + pin, e);
        }
    }

    private <T> T onNewThread(Callable<T> work) {
        FutureTask<T> task = new FutureTask<>(work);
        Thread thread = new Thread(task, "netns-" + pin.getFileName());
        thread.setDaemon(true);
        thread.start();
        boolean interrupted = false;
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        try {
            while (true) {
                try {
                    return task.get(deadline - System.nanoTime(), TimeUnit.NANOSECONDS);
                } catch (InterruptedException e) {
                    // Half-made namespaces are worse than a short wait: the interrupt is passed on afterwards.
                    interrupted = true;
                }
            }
        } catch (ExecutionException e) {
            throw asUnchecked(Objects.requireNonNull(e.getCause()));
        } catch (TimeoutException e) {
            throw new IllegalStateException("Work in the network namespace " + pin + " took over " + PATIENCE, e);
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private RuntimeException asUnchecked(Throwable cause) {
        if (cause instanceof RuntimeException unchecked) {
            return unchecked;
        }
        if (cause instanceof Error error) {
            throw error;
        }
        if (cause instanceof IOException io) {
            return new UncheckedIOException("In the network namespace " + pin, io);
        }
        return new IllegalStateException("In the network namespace " + pin, cause);
    }

    private static LinuxException failed(String call, String subject) {
        return new LinuxException(call, subject, Native.getLastError());
    }

    private static byte[] bytes(Object text) {
        return (text + "\0").getBytes(StandardCharsets.UTF_8);
    }

    private static final class CLibrary {
        static {
            Native.register(CLibrary.class, "c");
        }

        static native int unshare(int flags);

        static native int setns(int fd, int type);

        static native int mount(byte[] source, byte[] target, byte[] type, long flags, long data);

        static native int umount2(byte[] target, int flags);

        static native int open(byte[] path, int flags);
    }
}
