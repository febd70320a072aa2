package dev.gantry.daemon.linux.netlink;

import com.sun.jna.Native;
import dev.gantry.daemon.linux.Errno;
import dev.gantry.daemon.linux.Fd;
import dev.gantry.daemon.linux.LinuxException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.function.Consumer;

/**
 * A conversation with one netlink subsystem, in the network namespace of the thread that opened it. One request or batch
 * at a time; not safe for use by many threads. The kernel answers at once, so a silence of seconds is an error.
 */
final class NetlinkSocket implements AutoCloseable {

    static final int ROUTE = 0;
    static final int NETFILTER = 12;

    private static final int AF_NETLINK = 16;
    private static final int SOCK_RAW_CLOEXEC = 3 | 0x80000;
    private static final int SOL_SOCKET = 1;
    private static final int SO_RCVTIMEO = 20;
    private static final int SOL_NETLINK = 270;
    private static final int NETLINK_CAP_ACK = 10;
    private static final int NETLINK_EXT_ACK = 11;
    private static final long SILENCE_SECONDS = 10;

    private static final int TYPE_ERROR = 2;
    private static final int TYPE_DONE = 3;
    private static final int FLAG_DUMP_INTERRUPTED = 0x10;
    private static final int FLAG_ACK_ATTRIBUTES = 0x200;
    private static final int ATTRIBUTE_EXPLANATION = 1;
    private static final int BUFFER = 16 * 1024;

    private final Fd fd;
    private final ByteBuffer buffer = ByteBuffer.allocateDirect(BUFFER).order(ByteOrder.nativeOrder());
    private int sequence;

    private NetlinkSocket(Fd fd) {
        this.fd = fd;
    }

    static NetlinkSocket open(int protocol) {
        int number = CLibrary.socket(AF_NETLINK, SOCK_RAW_CLOEXEC, protocol);
        if (number < 0) {
            throw new LinuxException("socket", "netlink protocol " + protocol, Native.getLastError());
        }
        Fd fd = Fd.own(number);
        try {
            option(fd, SOL_SOCKET, SO_RCVTIMEO, timeval(SILENCE_SECONDS));
            option(fd, SOL_NETLINK, NETLINK_CAP_ACK, one());
            option(fd, SOL_NETLINK, NETLINK_EXT_ACK, one());
            return new NetlinkSocket(fd);
        } catch (LinuxException e) {
            fd.close();
            throw e;
        }
    }

    /**
     * Sends requests as one batch and awaits every acknowledgement. The kernel works through all of them, whatever
     * fails on the way.
     *
     * @throws LinuxException for the first that failed
     */
    void execute(NetlinkRequest... requests) {
        int first = send(requests);
        Failure failure = new Failure();
        int open = requests.length;
        while (open > 0) {
            receive(requests[0]);
            while (buffer.remaining() >= NetlinkRequest.HEADER) {
                Message message = next();
                int index = message.sequence - first;
                if (message.type == TYPE_ERROR && index >= 0 && index < requests.length) {
                    open--;
                    failure.note(requests[index], message);
                }
            }
        }
        failure.raise();
    }

    /** Sends one request and hands every message of the answer's data to the consumer, positioned behind the header. */
    void query(NetlinkRequest request, Consumer<ByteBuffer> answer) {
        int expected = send(request);
        Failure failure = new Failure();
        boolean done = false;
        while (!done) {
            receive(request);
            while (buffer.remaining() >= NetlinkRequest.HEADER) {
                Message message = next();
                if (message.sequence != expected) {
                    continue;
                }
                if (message.type == TYPE_ERROR || message.type == TYPE_DONE) {
                    failure.note(request, message);
                    done = true;
                } else {
                    answer.accept(message.body);
                }
                if ((message.flags & FLAG_DUMP_INTERRUPTED) != 0) {
                    failure.interrupted = true;
                }
            }
        }
        failure.raise();
        if (failure.interrupted) {
            throw new LinuxException("netlink", request.subject() + ": changed while it was read", Errno.EAGAIN);
        }
    }

    @Override
    public void close() {
        fd.close();
    }

    private int send(NetlinkRequest... requests) {
        int first = sequence + 1;
        buffer.clear();
        for (NetlinkRequest request : requests) {
            request.writeTo(buffer, ++sequence);
        }
        // The position counts: JNA passes the address of the next byte.
        buffer.flip();
        if (CLibrary.send(fd.number(), buffer, buffer.limit(), 0) < 0) {
            throw new LinuxException("netlink send", requests[0].subject(), Native.getLastError());
        }
        return first;
    }

    private void receive(NetlinkRequest request) {
        buffer.clear();
        while (true) {
            long length = CLibrary.recv(fd.number(), buffer, BUFFER, 0);
            if (length >= 0) {
                buffer.limit((int) length);
                return;
            }
            int errno = Native.getLastError();
            if (errno != Errno.EINTR) {
                throw new LinuxException("netlink receive", request.subject(), errno);
            }
        }
    }

    private Message next() {
        int start = buffer.position();
        int length = buffer.getInt(start);
        if (length < NetlinkRequest.HEADER || start + length > buffer.limit()) {
            throw new LinuxException("netlink receive", "a malformed message", Errno.EIO);
        }
        Message message = new Message(
                Short.toUnsignedInt(buffer.getShort(start + 4)),
                Short.toUnsignedInt(buffer.getShort(start + 6)),
                buffer.getInt(start + 8),
                buffer.slice(start + NetlinkRequest.HEADER, length - NetlinkRequest.HEADER)
                        .order(ByteOrder.nativeOrder()));
        buffer.position(Math.min(buffer.limit(), start + Attributes.align(length)));
        return message;
    }

    private record Message(int type, int flags, int sequence, ByteBuffer body) {}

    /** The first failure among several answers. */
    private static final class Failure {
        private int errno;
        private String subject = "";
        private boolean interrupted;

        void note(NetlinkRequest request, Message answer) {
            int number = answer.body.remaining() >= Integer.BYTES ? -answer.body.getInt() : 0;
            if (number == 0 || errno != 0) {
                return;
            }
            errno = number;
            subject = request.subject();
            if (answer.type == TYPE_ERROR && (answer.flags & FLAG_ACK_ATTRIBUTES) != 0) {
                answer.body.position(Math.min(answer.body.limit(), Integer.BYTES + NetlinkRequest.HEADER));
                String explanation = Attributes.read(answer.body).text(ATTRIBUTE_EXPLANATION);
                subject += explanation.isEmpty() ? "" : " (" + explanation + ")";
            }
        }

        void raise() {
            if (errno != 0) {
                throw new LinuxException("netlink", subject, errno);
            }
        }
    }

    private static void option(Fd fd, int level, int name, ByteBuffer value) {
        if (CLibrary.setsockopt(fd.number(), level, name, value, value.capacity()) != 0) {
            throw new LinuxException("setsockopt", "netlink option " + name, Native.getLastError());
        }
    }

    private static ByteBuffer one() {
        return ByteBuffer.allocateDirect(Integer.BYTES)
                .order(ByteOrder.nativeOrder())
                .putInt(0, 1);
    }

    private static ByteBuffer timeval(long seconds) {
        return ByteBuffer.allocateDirect(2 * Long.BYTES)
                .order(ByteOrder.nativeOrder())
                .putLong(0, seconds);
    }

    private static final class CLibrary {
        static {
            Native.register(CLibrary.class, "c");
        }

        static native int socket(int family, int type, int protocol);

        static native int setsockopt(int fd, int level, int name, ByteBuffer value, int length);

        static native long send(int fd, ByteBuffer data, long length, int flags);

        static native long recv(int fd, ByteBuffer data, long length, int flags);
    }
}
