package dev.gantry.daemon.linux.process;

import com.sun.jna.LastErrorException;
import com.sun.jna.Native;
import com.sun.jna.ptr.IntByReference;
import dev.gantry.daemon.linux.Errno;
import dev.gantry.daemon.linux.LinuxException;
import dev.gantry.daemon.type.EngineException;
import dev.gantry.daemon.type.Signal;
import java.time.Duration;
import java.util.OptionalInt;

/**
 * A process the daemon started and must reap. Whoever holds the object closes it; closing does not end the process, and
 * a process that is closed without being reaped becomes a zombie once it ends. Safe for use by many threads.
 */
public final class ChildProcess implements AutoCloseable {

    private static final int WNOHANG = 1;
    private static final int SIGNAL_BASE = 128;

    private final PidFd pidFd;
    private OptionalInt status = OptionalInt.empty();

    private ChildProcess(PidFd pidFd) {
        this.pidFd = pidFd;
    }

    /** The pid cannot have been recycled: the process is our child and nobody but this object reaps it. */
    static ChildProcess of(int pid) {
        return new ChildProcess(
                PidFd.open(pid).orElseThrow(() -> new LinuxException("pidfd_open", "process " + pid, Errno.ESRCH)));
    }

    public int pid() {
        return pidFd.pid();
    }

    /** Readable when the process has ended; owned by this object. */
    public PidFd pidFd() {
        return pidFd;
    }

    /** Waits for the end of the process and reaps it. Empty where the deadline came first. */
    public OptionalInt waitFor(Duration deadline) {
        return pidFd.awaitExit(deadline) ? reap() : OptionalInt.empty();
    }

    /** The exit status (128 + signal where a signal ended it), where the process has ended. Does not wait. */
    public synchronized OptionalInt reap() {
        if (status.isEmpty()) {
            IntByReference waitStatus = new IntByReference();
            try {
                if (CLibrary.waitpid(pid(), waitStatus, WNOHANG) == pid()) {
                    status = OptionalInt.of(exitCode(waitStatus.getValue()));
                }
            } catch (LastErrorException e) {
                throw new LinuxException("waitpid", "process " + pid(), e.getErrorCode());
            }
        }
        return status;
    }

    /** Ends the process at once and reaps it. */
    public void destroy(Duration deadline) {
        pidFd.signal(Signal.KILL);
        if (waitFor(deadline).isEmpty()) {
            throw new EngineException(
                    EngineException.Kind.INTERNAL, "process " + pid() + " did not end within " + deadline);
        }
    }

    private static int exitCode(int waitStatus) {
        int signal = waitStatus & 0x7f;
        return signal == 0 ? (waitStatus >> 8) & 0xff : SIGNAL_BASE + signal;
    }

    @Override
    public void close() {
        pidFd.close();
    }

    private static final class CLibrary {
        static {
            Native.register(CLibrary.class, "c");
        }

        static native int waitpid(int pid, IntByReference status, int options) throws LastErrorException;
    }
}
