package dev.gantry.daemon.linux.socket;

import com.sun.jna.LastErrorException;
import com.sun.jna.Memory;
import com.sun.jna.Pointer;
import dev.gantry.daemon.linux.Fd;
import dev.gantry.daemon.linux.LinuxException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ref.Reference;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * Listens on a Unix socket for one connection that hands over one descriptor ({@code SCM_RIGHTS}), as OCI runtimes
 * hand over the master of a pseudo terminal. Closing it removes the socket's file.
 */
public final class DescriptorListener implements AutoCloseable {

    private static final int MESSAGE_BYTES = 56;
    private static final int PAYLOAD_BYTES = 4096;
    private static final int CONTROL_BYTES = 24;
    private static final int CONTROL_LENGTH = 20;
    private static final int SCM_RIGHTS = 1;

    private final Path path;
    private final Fd fd;

    private DescriptorListener(Path path, Fd fd) {
        this.path = path;
        this.fd = fd;
    }

    /** Binds and listens; the path must not exist. */
    public static DescriptorListener bind(Path path) {
        try (UnixAddress address = UnixAddress.of(path)) {
            Fd fd = Fd.own(CLibrary.socket(CLibrary.AF_UNIX, CLibrary.SOCK_STREAM | CLibrary.SOCK_CLOEXEC, 0));
            try {
                CLibrary.bind(fd.number(), address.memory(), address.length());
                CLibrary.listen(fd.number(), 1);
                return new DescriptorListener(path, fd);
            } catch (LastErrorException e) {
                fd.close();
                throw e;
            }
        } catch (LastErrorException e) {
            throw new LinuxException("bind", path.toString(), e.getErrorCode());
        }
    }

    /** Readable when somebody connects; stays this object's. */
    public Fd fd() {
        return fd;
    }

    /** Accepts the connection that waits and takes its descriptor; empty where it hands over none within the deadline. */
    public Optional<Fd> receive(Duration deadline) {
        try (Fd connection = Fd.own(CLibrary.accept4(fd.number(), Pointer.NULL, Pointer.NULL, CLibrary.SOCK_CLOEXEC))) {
            return Poller.awaitReadable(connection, deadline) ? receive(connection) : Optional.empty();
        } catch (LastErrorException e) {
            throw new LinuxException("accept4", path.toString(), e.getErrorCode());
        }
    }

    private static Optional<Fd> receive(Fd connection) {
        Memory payload = new Memory(PAYLOAD_BYTES);
        Memory control = new Memory(CONTROL_BYTES);
        control.clear();
        Memory vector = new Memory(2L * Long.BYTES);
        vector.setPointer(0, payload);
        vector.setLong(Long.BYTES, PAYLOAD_BYTES);
        Memory message = new Memory(MESSAGE_BYTES);
        message.clear();
        message.setPointer(16, vector);
        message.setLong(24, 1);
        message.setPointer(32, control);
        message.setLong(40, CONTROL_BYTES);
        try {
            CLibrary.recvmsg(connection.number(), message, CLibrary.MSG_CMSG_CLOEXEC);
        } finally {
            // the kernel writes through pointers that the collector does not see
            Reference.reachabilityFence(vector);
            Reference.reachabilityFence(payload);
        }
        boolean rights = message.getLong(40) >= CONTROL_LENGTH
                && control.getLong(0) == CONTROL_LENGTH
                && control.getInt(8) == CLibrary.SOL_SOCKET
                && control.getInt(12) == SCM_RIGHTS;
        return rights ? Optional.of(Fd.own(control.getInt(16))) : Optional.empty();
    }

    @Override
    public void close() {
        fd.close();
        try {
            Files.deleteIfExists(path);
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot remove the socket " + path, e);
        }
    }
}
