package dev.gantry.daemon.linux.socket;

import com.sun.jna.LastErrorException;
import com.sun.jna.Memory;
import com.sun.jna.NativeLong;
import com.sun.jna.Pointer;
import dev.gantry.daemon.linux.Errno;
import dev.gantry.daemon.linux.Fd;
import dev.gantry.daemon.linux.LinuxException;
import java.nio.file.Path;
import java.time.Duration;

/**
 * A connection over a Unix socket that keeps packets apart ({@code SOCK_SEQPACKET}). One thread may receive while
 * another sends; {@link #shutdown} from a third makes both return, after which the owner closes it.
 */
public final class PacketSocket implements AutoCloseable {

    private static final int ENOTCONN = 107;

    private final Fd fd;

    private PacketSocket(Fd fd) {
        this.fd = fd;
    }

    /**
     * Connects to a listening socket.
     *
     * @param deadline how long the other side may take to have room for the connection
     */
    public static PacketSocket connect(Path path, Duration deadline) {
        try (UnixAddress address = UnixAddress.of(path)) {
            Fd fd = Fd.own(CLibrary.socket(CLibrary.AF_UNIX, CLibrary.SOCK_SEQPACKET | CLibrary.SOCK_CLOEXEC, 0));
            try {
                // a connect waits as long as a send may
                setSendTimeout(fd, deadline);
                CLibrary.connect(fd.number(), address.memory(), address.length());
                setSendTimeout(fd, Duration.ZERO);
                return new PacketSocket(fd);
            } catch (LastErrorException e) {
                fd.close();
                throw e;
            }
        } catch (LastErrorException e) {
            throw new LinuxException("connect", path.toString(), e.getErrorCode());
        }
    }

    static void setSendTimeout(Fd fd, Duration timeout) {
        Memory value = new Memory(2L * Long.BYTES);
        value.setLong(0, timeout.toSeconds());
        value.setLong(Long.BYTES, timeout.toNanosPart() / 1000);
        CLibrary.setsockopt(fd.number(), CLibrary.SOL_SOCKET, CLibrary.SO_SNDTIMEO, value, (int) value.size());
    }

    /**
     * Waits for one packet and takes those that are at hand with it.
     *
     * @return how many packets; 0 at the end of the connection
     */
    public int receive(PacketBatch batch) {
        return receive(batch, CLibrary.MSG_WAITFORONE);
    }

    /**
     * Takes the packets that are at hand.
     *
     * @return how many packets; 0 at the end of the connection; {@link FdStream#NOTHING} where there are none just now
     */
    public int receiveAtHand(PacketBatch batch) {
        return receive(batch, CLibrary.MSG_DONTWAIT);
    }

    private int receive(PacketBatch batch, int flags) {
        while (true) {
            try {
                int count = CLibrary.recvmmsg(fd.number(), batch.headers(), batch.capacity(), flags, Pointer.NULL);
                return batch.received(count);
            } catch (LastErrorException e) {
                switch (e.getErrorCode()) {
                    // ECONNRESET: the other side went without having read all we sent; told once, its packets follow
                    case Errno.EINTR, Errno.ECONNRESET -> {}
                    case Errno.EAGAIN -> {
                        return FdStream.NOTHING;
                    }
                    default -> throw new LinuxException("recvmmsg", "packet socket", e.getErrorCode());
                }
            }
        }
    }

    /** Sends one packet; waits for room. False where the other side takes no more. */
    public boolean send(Pointer bytes, int length) {
        while (true) {
            try {
                CLibrary.send(fd.number(), bytes, new NativeLong(length), CLibrary.MSG_NOSIGNAL);
                return true;
            } catch (LastErrorException e) {
                switch (e.getErrorCode()) {
                    case Errno.EINTR -> {}
                    case Errno.EPIPE, Errno.ECONNRESET -> {
                        return false;
                    }
                    default -> throw new LinuxException("send", "packet socket", e.getErrorCode());
                }
            }
        }
    }

    /** The other side reads the end; what it sends still arrives. */
    public void shutdownSending() {
        shutdown(CLibrary.SHUT_WR);
    }

    /** The other side cannot send any more, but does not see an end of what we send. */
    public void shutdownReceiving() {
        shutdown(CLibrary.SHUT_RD);
    }

    /** Ends both directions and every call that waits in one. */
    public void shutdown() {
        shutdown(CLibrary.SHUT_RDWR);
    }

    private void shutdown(int how) {
        try {
            CLibrary.shutdown(fd.number(), how);
        } catch (LastErrorException e) {
            if (e.getErrorCode() != ENOTCONN) {
                throw new LinuxException("shutdown", "packet socket", e.getErrorCode());
            }
        }
    }

    @Override
    public void close() {
        fd.close();
    }
}
