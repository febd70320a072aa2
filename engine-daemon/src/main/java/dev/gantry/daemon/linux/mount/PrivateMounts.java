package dev.gantry.daemon.linux.mount;

import com.sun.jna.LastErrorException;
import com.sun.jna.Native;
import dev.gantry.daemon.linux.LinuxException;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.function.Supplier;

/**
 * A mount namespace of its own, whose mounts nobody else sees and which vanish with it. A platform thread lives in it for
 * as long as the object is open; what is opened there can be used from any thread until then.
 */
public final class PrivateMounts implements AutoCloseable {

    private static final int CLONE_FS = 0x200;
    private static final int CLONE_NEWNS = 0x20000;

    private final CountDownLatch end = new CountDownLatch(1);

    private PrivateMounts() {}

    /** A namespace together with what was set up in it. */
    public record Prepared<T>(PrivateMounts mounts, T value) {}

    /**
     * Makes the namespace and runs the set-up inside. Where that fails the namespace is gone when this throws. The caller
     * closes the result.
     */
    public static <T> Prepared<T> prepare(Supplier<T> setUp) {
        PrivateMounts mounts = new PrivateMounts();
        CompletableFuture<T> result = new CompletableFuture<>();
        Thread thread = new Thread(() -> mounts.live(setUp, result), "private-mounts");
        thread.setDaemon(true);
        thread.start();
        try {
            return new Prepared<>(mounts, result.join());
        } catch (CompletionException e) {
            if (e.getCause() instanceof RuntimeException cause) {
                throw cause;
            }
            throw e;
        }
    }

    private <T> void live(Supplier<T> setUp, CompletableFuture<T> result) {
        try {
            CLibrary.unshare(CLONE_FS | CLONE_NEWNS);
            Mounts.mount("none", Path.of("/"), "none", MountFlags.MS_REC | MountFlags.MS_PRIVATE, null);
            result.complete(setUp.get());
        } catch (LastErrorException e) {
            result.completeExceptionally(new LinuxException("unshare", "the mount namespace", e.getErrorCode()));
            return;
        } catch (RuntimeException | Error e) {
            result.completeExceptionally(e);
            return;
        }
        try {
            end.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        end.countDown();
    }

    private static final class CLibrary {
        static {
            Native.register(CLibrary.class, "c");
        }

        static native int unshare(int flags) throws LastErrorException;
    }
}
