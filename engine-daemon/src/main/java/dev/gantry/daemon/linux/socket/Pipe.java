package dev.gantry.daemon.linux.socket;

import com.sun.jna.LastErrorException;
import com.sun.jna.Memory;
import dev.gantry.daemon.linux.Fd;
import dev.gantry.daemon.linux.LinuxException;

/**
 * Both ends of a pipe. Whoever holds the object closes it; each end may be closed by itself before.
 *
 * @param readEnd where bytes come out
 * @param writeEnd where bytes go in
 */
public record Pipe(Fd readEnd, Fd writeEnd) implements AutoCloseable {

    /** Opens a pipe whose ends no other program inherits. */
    public static Pipe open() {
        Memory ends = new Memory(2L * Integer.BYTES);
        try {
            CLibrary.pipe2(ends, CLibrary.O_CLOEXEC);
        } catch (LastErrorException e) {
            throw new LinuxException("pipe2", "", e.getErrorCode());
        }
        return new Pipe(Fd.own(ends.getInt(0)), Fd.own(ends.getInt(Integer.BYTES)));
    }

    @Override
    public void close() {
        try {
            readEnd.close();
        } finally {
            writeEnd.close();
        }
    }
}
