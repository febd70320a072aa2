package dev.gantry.daemon.linux.socket;

import com.sun.jna.LastErrorException;
import com.sun.jna.Memory;
import com.sun.jna.NativeLong;
import dev.gantry.daemon.linux.Fd;
import dev.gantry.daemon.linux.LinuxException;

/** A descriptor that becomes readable, for good, when another thread asks for it: ends waits in a {@link Poller}. */
public final class Wakeup implements AutoCloseable {

    private final Fd fd;

    private Wakeup(Fd fd) {
        this.fd = fd;
    }

    public static Wakeup open() {
        try {
            return new Wakeup(Fd.own(CLibrary.eventfd(0, CLibrary.EFD_CLOEXEC | CLibrary.EFD_NONBLOCK)));
        } catch (LastErrorException e) {
            throw new LinuxException("eventfd", "of a wait", e.getErrorCode());
        }
    }

    public Fd fd() {
        return fd;
    }

    /** Ends all waits, present and future. */
    public void signal() {
        Memory one = new Memory(Long.BYTES);
        one.setLong(0, 1);
        try {
            CLibrary.write(fd.number(), one, new NativeLong(Long.BYTES));
        } catch (LastErrorException e) {
            throw new LinuxException("write", "eventfd", e.getErrorCode());
        }
    }

    @Override
    public void close() {
        fd.close();
    }
}
