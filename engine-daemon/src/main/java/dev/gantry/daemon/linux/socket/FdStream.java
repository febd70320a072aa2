package dev.gantry.daemon.linux.socket;

import com.sun.jna.LastErrorException;
import com.sun.jna.Memory;
import com.sun.jna.NativeLong;
import com.sun.jna.Pointer;
import dev.gantry.daemon.linux.Errno;
import dev.gantry.daemon.linux.Fd;
import dev.gantry.daemon.linux.LinuxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** Reads, writes and opens plain descriptors. */
public final class FdStream {

    /** Reads give this where nothing is at hand. */
    public static final int NOTHING = -1;

    private FdStream() {}

    /**
     * Reads what is at hand into memory of the caller.
     *
     * @return how many bytes; 0 at the end; {@link #NOTHING} where a non-blocking descriptor has none just now. The end of
     *     a pseudo terminal ({@code EIO}) counts as the end.
     */
    public static int read(Fd fd, Pointer memory, int length) {
        while (true) {
            try {
                return CLibrary.read(fd.number(), memory, new NativeLong(length))
                        .intValue();
            } catch (LastErrorException e) {
                switch (e.getErrorCode()) {
                    case Errno.EINTR -> {}
                    case Errno.EAGAIN -> {
                        return NOTHING;
                    }
                    case Errno.EIO -> {
                        return 0;
                    }
                    default -> throw new LinuxException("read", "descriptor " + fd.number(), e.getErrorCode());
                }
            }
        }
    }

    /**
     * Writes from memory of the caller.
     *
     * @return how many bytes; {@link #NOTHING} where a non-blocking descriptor takes none just now
     */
    public static int write(Fd fd, Pointer memory, int length) {
        while (true) {
            try {
                return CLibrary.write(fd.number(), memory, new NativeLong(length))
                        .intValue();
            } catch (LastErrorException e) {
                switch (e.getErrorCode()) {
                    case Errno.EINTR -> {}
                    case Errno.EAGAIN -> {
                        return NOTHING;
                    }
                    default -> throw new LinuxException("write", "descriptor " + fd.number(), e.getErrorCode());
                }
            }
        }
    }

    /** Writes a few bytes at once, as a pipe takes whole what fits its buffer. */
    public static void write(Fd fd, byte[] bytes) {
        Memory memory = new Memory(bytes.length);
        memory.write(0, bytes, 0, bytes.length);
        write(fd, memory, bytes.length);
    }

    /** Opens the null device for reading and writing. */
    public static Fd openNull() {
        return open(Path.of("/dev/null"), CLibrary.O_RDWR | CLibrary.O_CLOEXEC);
    }

    /** Opens a named pipe for writing without waiting; fails with {@code ENXIO} where nobody reads. */
    public static Fd openFifoForWriting(Path path) {
        return open(path, CLibrary.O_WRONLY | CLibrary.O_NONBLOCK | CLibrary.O_CLOEXEC);
    }

    /** Makes reads and writes return instead of wait; holds for every descriptor of the same open file. */
    public static void setNonBlocking(Fd fd) {
        try {
            int flags = CLibrary.fcntl(fd.number(), CLibrary.F_GETFL, 0);
            CLibrary.fcntl(fd.number(), CLibrary.F_SETFL, flags | CLibrary.O_NONBLOCK);
        } catch (LastErrorException e) {
            throw new LinuxException("fcntl", "descriptor " + fd.number(), e.getErrorCode());
        }
    }

    static Fd openPath(Path path) {
        return open(path, CLibrary.O_PATH | CLibrary.O_CLOEXEC);
    }

    private static Fd open(Path path, int flags) {
        byte[] bytes = path.toString().getBytes(StandardCharsets.UTF_8);
        Memory memory = new Memory(bytes.length + 1L);
        memory.write(0, bytes, 0, bytes.length);
        memory.setByte(bytes.length, (byte) 0);
        try {
            return Fd.own(CLibrary.open(memory, flags, 0));
        } catch (LastErrorException e) {
            throw new LinuxException("open", path.toString(), e.getErrorCode());
        }
    }
}
