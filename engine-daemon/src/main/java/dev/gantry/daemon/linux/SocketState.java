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

    private static final short POLLERR = 0x008;
    private static final short POLLHUP = 0x010;
    private static final int POLLFD_SIZE = 8;
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
        try (Memory memory = new Memory(Math.max(1, descriptors.length) * (long) POLLFD_SIZE)) {
            memory.clear();
            for (int i = 0; i < descriptors.length; i++) {
                memory.setInt(i * (long) POLLFD_SIZE, descriptors[i]);
            }
            int ready = poll(memory, descriptors.length, timeout);
            for (int i = 0; ready > 0 && i < descriptors.length; i++) {
                short events = memory.getShort(i * (long) POLLFD_SIZE + 6);
                gone[i] = (events & (POLLHUP | POLLERR)) != 0;
            }
        }
        return gone;
    }

    private static int poll(Memory memory, int count, Duration timeout) {
        try {
            return CLibrary.poll(memory, new NativeLong(count), (int) timeout.toMillis());
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
            while (CLibrary.recv(descriptor, memory, new NativeLong(DRAIN_SIZE), MSG_DONTWAIT)
                            .longValue()
                    > 0) {
                // thrown away
            }
        } catch (LastErrorException e) {
            // compat: nothing left (EAGAIN) or the peer is gone (ECONNRESET): both are the end of the input
            if (e.getErrorCode() != Errno.EAGAIN && e.getErrorCode() != Errno.ECONNRESET) {
                throw new LinuxException("recv", "descriptor " + descriptor, e.getErrorCode());
            }
        }
    }

    private static final class CLibrary {
        static {
            Native.register(CLibrary.class, "c");
        }

        static native int poll(Pointer descriptors, NativeLong count, int milliseconds) throws LastErrorException;

        static native NativeLong recv(int descriptor, Pointer buffer, NativeLong size, int flags)
                throws LastErrorException;
    }
}
