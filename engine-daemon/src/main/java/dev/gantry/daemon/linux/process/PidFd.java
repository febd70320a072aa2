package dev.gantry.daemon.linux.process;

import com.sun.jna.LastErrorException;
import com.sun.jna.Native;
import com.sun.jna.NativeLong;
import com.sun.jna.Pointer;
import dev.gantry.daemon.linux.Errno;
import dev.gantry.daemon.linux.Fd;
import dev.gantry.daemon.linux.LinuxException;
import dev.gantry.daemon.linux.socket.Poller;
import dev.gantry.daemon.type.Signal;
import java.time.Duration;
import java.util.Optional;

/** A reference to one process that its number's recycling cannot mislead. Whoever holds the object closes it. */
public final class PidFd implements AutoCloseable {

    /** Numbers of the generic table, the same on every architecture since Linux 5.1. */
    private static final int SYS_PIDFD_SEND_SIGNAL = 424;

    private static final int SYS_PIDFD_OPEN = 434;

    private final int pid;
    private final Fd fd;

    private PidFd(int pid, Fd fd) {
        this.pid = pid;
        this.fd = fd;
    }

    /** Refers to whatever process has this number now; empty where there is none. */
    public static Optional<PidFd> open(int pid) {
        try {
            NativeLong result =
                    CLibrary.syscall(new NativeLong(SYS_PIDFD_OPEN), new NativeLong(pid), zero(), Pointer.NULL, zero());
            return Optional.of(new PidFd(pid, Fd.own(result.intValue())));
        } catch (LastErrorException e) {
            if (e.getErrorCode() == Errno.ESRCH) {
                return Optional.empty();
            }
            throw new LinuxException("pidfd_open", "process " + pid, e.getErrorCode());
        }
    }

    /**
     * Refers to the process that had this number and started at this time; empty where that process is gone.
     *
     * @param startTime as {@link ProcessStat#startTime} gave it when the process was surely alive
     */
    public static Optional<PidFd> open(int pid, long startTime) {
        Optional<PidFd> opened = open(pid);
        if (opened.isPresent()) {
            Optional<ProcessStat> stat = ProcessStat.read(pid);
            if (stat.isEmpty()
                    || stat.get().startTime() != startTime
                    || stat.get().isZombie()) {
                opened.get().close();
                return Optional.empty();
            }
        }
        return opened;
    }

    public int pid() {
        return pid;
    }

    /** The descriptor, readable when the process has ended; stays this object's. */
    public Fd fd() {
        return fd;
    }

    /** Sends a signal; false where the process has ended. */
    public boolean signal(Signal signal) {
        try {
            CLibrary.syscall(
                    new NativeLong(SYS_PIDFD_SEND_SIGNAL),
                    new NativeLong(fd.number()),
                    new NativeLong(signal.number()),
                    Pointer.NULL,
                    zero());
            return true;
        } catch (LastErrorException e) {
            if (e.getErrorCode() == Errno.ESRCH) {
                return false;
            }
            throw new LinuxException("pidfd_send_signal", "process " + pid, e.getErrorCode());
        }
    }

    /** Waits until the process has ended; false where the deadline came first. */
    public boolean awaitExit(Duration deadline) {
        return Poller.awaitReadable(fd, deadline);
    }

    @Override
    public void close() {
        fd.close();
    }

    private static NativeLong zero() {
        return new NativeLong(0);
    }

    private static final class CLibrary {
        static {
            Native.register(CLibrary.class, "c");
        }

        static native NativeLong syscall(
                NativeLong number, NativeLong first, NativeLong second, Pointer third, NativeLong fourth)
                throws LastErrorException;
    }
}
