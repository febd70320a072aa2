package dev.gantry.daemon.linux.terminal;

import com.sun.jna.LastErrorException;
import com.sun.jna.Memory;
import com.sun.jna.Native;
import com.sun.jna.NativeLong;
import com.sun.jna.Pointer;
import dev.gantry.daemon.linux.Fd;
import dev.gantry.daemon.linux.LinuxException;

/**
 * Both ends of a pseudo terminal of the host. Whoever holds the object closes it; each end may be closed by itself
 * before.
 *
 * @param master the daemon's end
 * @param slave the program's end
 */
public record PseudoTerminal(Fd master, Fd slave) implements AutoCloseable {

    private static final int O_RDWR = 2;
    private static final int O_NOCTTY = 0x100;
    private static final int O_CLOEXEC = 0x80000;
    private static final int TIOCSPTLCK = 0x40045431;
    private static final int TIOCGPTPEER = 0x5441;

    /** Makes a terminal; it becomes nobody's controlling terminal. */
    public static PseudoTerminal open() {
        int flags = O_RDWR | O_NOCTTY | O_CLOEXEC;
        try {
            Fd master = Fd.own(CLibrary.open("/dev/ptmx", flags, 0));
            try {
                Memory unlocked = new Memory(Integer.BYTES);
                unlocked.clear();
                CLibrary.ioctl(master.number(), new NativeLong(TIOCSPTLCK), unlocked);
                int slave = CLibrary.ioctl(master.number(), new NativeLong(TIOCGPTPEER), new Pointer(flags));
                return new PseudoTerminal(master, Fd.own(slave));
            } catch (LastErrorException e) {
                master.close();
                throw e;
            }
        } catch (LastErrorException e) {
            throw new LinuxException("open", "/dev/ptmx", e.getErrorCode());
        }
    }

    @Override
    public void close() {
        try {
            master.close();
        } finally {
            slave.close();
        }
    }

    private static final class CLibrary {
        static {
            Native.register(CLibrary.class, "c");
        }

        static native int open(String path, int flags, int mode) throws LastErrorException;

        static native int ioctl(int fd, NativeLong request, Pointer argument) throws LastErrorException;
    }
}
