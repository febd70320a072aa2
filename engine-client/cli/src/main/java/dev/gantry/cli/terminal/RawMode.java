package dev.gantry.cli.terminal;

import com.sun.jna.LastErrorException;
import com.sun.jna.Native;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * A terminal that passes on every byte as it is typed. Closing brings it back to what it was; so does the end of the
 * process.
 */
public final class RawMode implements AutoCloseable {

    private static final int TERMIOS_BYTES = 64;
    private static final int TCSANOW = 0;
    private static final long TIOCGWINSZ = 0x5413;
    private static final int WINSIZE_BYTES = 8;

    static {
        Native.register(RawMode.class, "c");
    }

    private final int descriptor;
    private final byte[] before;
    private final Thread restore;

    private RawMode(int descriptor, byte[] before) {
        this.descriptor = descriptor;
        this.before = before;
        this.restore = new Thread(this::restore, "terminal-restore");
    }

    private static native int tcgetattr(int descriptor, byte[] termios) throws LastErrorException;

    private static native int tcsetattr(int descriptor, int when, byte[] termios) throws LastErrorException;

    private static native void cfmakeraw(byte[] termios);

    private static native int ioctl(int descriptor, long request, byte[] value) throws LastErrorException;

    /** Switches the terminal at a descriptor to raw mode. */
    public static RawMode enter(int descriptor) {
        byte[] termios = new byte[TERMIOS_BYTES];
        tcgetattr(descriptor, termios);
        RawMode mode = new RawMode(descriptor, termios.clone());
        Runtime.getRuntime().addShutdownHook(mode.restore);
        cfmakeraw(termios);
        tcsetattr(descriptor, TCSANOW, termios);
        return mode;
    }

    static Terminal.Size size(int descriptor) {
        byte[] size = new byte[WINSIZE_BYTES];
        try {
            ioctl(descriptor, TIOCGWINSZ, size);
        } catch (LastErrorException e) {
            return Terminal.Size.UNKNOWN;
        }
        ByteBuffer rows = ByteBuffer.wrap(size).order(ByteOrder.nativeOrder());
        return new Terminal.Size(rows.getShort(0) & 0xffff, rows.getShort(2) & 0xffff);
    }

    private synchronized void restore() {
        tcsetattr(descriptor, TCSANOW, before);
    }

    @Override
    public void close() {
        restore();
        try {
            Runtime.getRuntime().removeShutdownHook(restore);
        } catch (IllegalStateException e) {
            // The process ends already, and the hook does the same.
        }
    }
}
