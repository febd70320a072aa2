package dev.gantry.daemon.linux.terminal;

import com.sun.jna.LastErrorException;
import com.sun.jna.Memory;
import com.sun.jna.Native;
import com.sun.jna.NativeLong;
import com.sun.jna.Pointer;
import dev.gantry.daemon.linux.Fd;
import dev.gantry.daemon.linux.LinuxException;
import dev.gantry.daemon.type.TerminalSize;

/** Operations on either end of a pseudo terminal. */
public final class Terminal {

    private static final int TIOCGWINSZ = 0x5413;
    private static final int TIOCSWINSZ = 0x5414;

    private Terminal() {}

    /** Sets the size; the programs in the terminal's foreground get SIGWINCH where it changed. */
    public static void resize(Fd fd, TerminalSize size) {
        Memory memory = new Memory(4L * Short.BYTES);
        memory.clear();
        memory.setShort(0, (short) size.height());
        memory.setShort(Short.BYTES, (short) size.width());
        ioctl("TIOCSWINSZ", fd, TIOCSWINSZ, memory);
    }

    /** Tells the size. */
    public static TerminalSize size(Fd fd) {
        Memory memory = new Memory(4L * Short.BYTES);
        ioctl("TIOCGWINSZ", fd, TIOCGWINSZ, memory);
        return new TerminalSize(
                Short.toUnsignedInt(memory.getShort(0)), Short.toUnsignedInt(memory.getShort(Short.BYTES)));
    }

    private static void ioctl(String name, Fd fd, int request, Pointer argument) {
        try {
            CLibrary.ioctl(fd.number(), new NativeLong(request), argument);
        } catch (LastErrorException e) {
            throw new LinuxException(name, "descriptor " + fd.number(), e.getErrorCode());
        }
    }

    private static final class CLibrary {
        static {
            Native.register(CLibrary.class, "c");
        }

        static native int ioctl(int fd, NativeLong request, Pointer argument) throws LastErrorException;
    }
}
