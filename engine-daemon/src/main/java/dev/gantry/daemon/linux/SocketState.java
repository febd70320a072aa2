package dev.gantry.daemon.linux;

import com.sun.jna.LastErrorException;
import com.sun.jna.Memory;
import com.sun.jna.Native;
import com.sun.jna.NativeLong;
import com.sun.jna.Pointer;
import java.time.Duration;

/**
 * Asks connected sockets of other owners for what their channels cannot tell: whether the peer is wholly gone, as
 * against having ended its sending side only. Takes plain descriptor numbers and never closes them.
 */
public final class SocketState {

    private static final int POLLIN = 0x001;
    private static final int POLLOUT = 0x004;
    private static final int POLLERR = 0x008;
    private static final int POLLHUP = 0x010;
    private static final int MSG_DONTWAIT = 0x40;
    private static final int DRAIN_SIZE = 64 * 1024;

    private SocketState() {}

    /**
     * Waits until a peer has closed its end for both directions, or for the timeout.
     *
     * @return one flag per descriptor; all false after the timeout or a signal
     */
    public static boolean[] awaitHangup(int[] descriptors, Duration timeout) {
        boolean[] gone = new boolean[descriptors.length];
        int[] polled = new int[Math.max(1, descriptors.length) * 2];
        for (int i = 0; i < descriptors.length; i++) {
            polled[2 * i] = descriptors[i];
        }
        if (poll(polled, descriptors.length, timeout) > 0) {
            for (int i = 0; i < descriptors.length; i++) {
                gone[i] = (polled[2 * i + 1] >>> 16 & (POLLHUP | POLLERR)) != 0;
            }
        }
        return gone;
    }

    /** Waits until a read would return at once, be it with the end or an error, or for the timeout. */
    public static void awaitReadable(int descriptor, Duration timeout) {
        poll(new int[] {descriptor, POLLIN}, 1, timeout);
    }

    /** Waits until a write would return at once, be it with an error, or for the timeout. */
    public static void awaitWritable(int descriptor, Duration timeout) {
        poll(new int[] {descriptor, POLLOUT}, 1, timeout);
    }

    /** Polls pairs of ints: the descriptor, then the events wanted in the low half and those found in the high one. */
    private static int poll(int[] polled, int count, Duration timeout) {
        try {
            return CLibrary.poll(polled, new NativeLong(count), (int) timeout.toMillis());
        } catch (LastErrorException e) {
            if (e.getErrorCode() == Errno.EINTR) {
                return 0;
            }
            throw new LinuxException("poll", count + " sockets", e.getErrorCode());
        }
    }

    /**
     * Throws away what the peer has sent and nobody read. A Unix socket closed with unread input would make the peer
     * lose the end of the output to a connection reset.
     */
    public static void discardInput(int descriptor) {
        try (Memory memory = new Memory(DRAIN_SIZE)) {
            NativeLong size = new NativeLong(DRAIN_SIZE);
            long count = DRAIN_SIZE;
            while (count > 0) {
                count = CLibrary.recv(descriptor, memory, size, MSG_DONTWAIT).longValue();
            }
        } catch (LastErrorException e) {
            // nothing left, or the peer is gone: both are the end of the input
            if (e.getErrorCode() != Errno.EAGAIN && e.getErrorCode() != Errno.ECONNRESET) {
                throw new LinuxException("recv", "descriptor " + descriptor, e.getErrorCode());
            }
        }
    }

    private static final class CLibrary {
        static {
            Native.register(CLibrary.class, "c");
        }

        static native int poll(int[] polled, NativeLong count, int milliseconds) throws LastErrorException;

        static native NativeLong recv(int descriptor, Pointer buffer, NativeLong size, int flags)
                throws LastErrorException;
    }
}
