package dev.gantry.daemon.linux.socket;

import com.sun.jna.LastErrorException;
import com.sun.jna.Memory;
import com.sun.jna.NativeLong;
import dev.gantry.daemon.linux.Fd;
import dev.gantry.daemon.linux.LinuxException;
import java.nio.file.Path;
import java.time.Duration;

/** Sends datagrams to a Unix socket, which Java's own channels cannot. For one thread; whoever connects closes. */
public final class UnixDatagrams implements AutoCloseable {

    private final Fd fd;
    private final Path path;

    private UnixDatagrams(Fd fd, Path path) {
        this.fd = fd;
        this.path = path;
    }

    /**
     * Connects to a socket.
     *
     * @param deadline how long one datagram may wait for room
     */
    public static UnixDatagrams connect(Path path, Duration deadline) {
        try (UnixAddress address = UnixAddress.of(path)) {
            Fd fd = Fd.own(CLibrary.socket(CLibrary.AF_UNIX, CLibrary.SOCK_DGRAM | CLibrary.SOCK_CLOEXEC, 0));
            try {
                PacketSocket.setSendTimeout(fd, deadline);
                CLibrary.connect(fd.number(), address.memory(), address.length());
                return new UnixDatagrams(fd, path);
            } catch (LastErrorException e) {
                fd.close();
                throw e;
            }
        } catch (LastErrorException e) {
            throw new LinuxException("connect", path.toString(), e.getErrorCode());
        }
    }

    /** Sends one datagram. */
    public void send(byte[] datagram) {
        try (Memory bytes = new Memory(Math.max(1, datagram.length))) {
            bytes.write(0, datagram, 0, datagram.length);
            CLibrary.send(fd.number(), bytes, new NativeLong(datagram.length), CLibrary.MSG_NOSIGNAL);
        } catch (LastErrorException e) {
            throw new LinuxException("send", path.toString(), e.getErrorCode());
        }
    }

    @Override
    public void close() {
        fd.close();
    }
}
