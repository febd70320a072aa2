package dev.gantry.daemon.linux;

import com.sun.jna.LastErrorException;
import com.sun.jna.Native;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Owns an open file descriptor: whoever holds the object closes it, once. Safe to close from any thread; a descriptor
 * that is used after its close fails with {@link IllegalStateException} rather than touching a recycled number.
 */
public final class Fd implements AutoCloseable {

    private static final int CLOSED = -1;

    private final AtomicInteger number;

    private Fd(int number) {
        this.number = new AtomicInteger(number);
    }

    /** Takes ownership of an open descriptor. */
    public static Fd own(int number) {
        if (number < 0) {
            throw new IllegalArgumentException("Not an open descriptor: " + number);
        }
        return new Fd(number);
    }

    /** The number, valid until {@link #close}. */
    public int number() {
        int open = number.get();
        if (open == CLOSED) {
            throw new IllegalStateException("The descriptor is closed");
        }
        return open;
    }

    public boolean isOpen() {
        return number.get() != CLOSED;
    }

    /** A path under {@code /proc/self/fd} that opens the same file, for calls that take only paths. */
    public String procPath() {
        return "/proc/self/fd/" + number();
    }

    @Override
    public void close() {
        int open = number.getAndSet(CLOSED);
        if (open != CLOSED) {
            try {
                CLibrary.close(open);
            } catch (LastErrorException e) {
                throw new LinuxException("close", "descriptor " + open, e.getErrorCode());
            }
        }
    }

    private static final class CLibrary {
        static {
            Native.register(CLibrary.class, "c");
        }

        static native int close(int fd) throws LastErrorException;
    }
}
