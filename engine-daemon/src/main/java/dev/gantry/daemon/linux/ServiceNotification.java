package dev.gantry.daemon.linux;

import com.sun.jna.LastErrorException;
import com.sun.jna.Memory;
import com.sun.jna.Native;
import com.sun.jna.Pointer;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** Tells a service manager how the daemon is doing (sd_notify): one datagram to the socket it has named. */
public final class ServiceNotification {

    private static final int AF_UNIX = 1;
    private static final int SOCK_DGRAM = 2;
    private static final int SOCK_CLOEXEC = 0x80000;
    private static final int MSG_NOSIGNAL = 0x4000;
    private static final int FAMILY_SIZE = 2;

    private final Optional<String> socket;

    private ServiceNotification(Optional<String> socket) {
        this.socket = socket;
    }

    /**
     * Notifies a socket.
     *
     * @param socket the value of {@code NOTIFY_SOCKET}: a path, or {@code @name} for an abstract socket; empty where
     *     nobody wants to be told
     */
    public static ServiceNotification to(Optional<String> socket) {
        return new ServiceNotification(socket.filter(name -> !name.isEmpty()));
    }

    /** The daemon answers from now on. */
    public void ready() {
        send("READY=1");
    }

    /** The daemon has begun to stop. */
    public void stopping() {
        send("STOPPING=1");
    }

    private void send(String state) {
        if (socket.isEmpty()) {
            return;
        }
        byte[] name = socket.get().getBytes(StandardCharsets.UTF_8);
        if (name[0] == '@') {
            name[0] = 0;
        }
        byte[] text = state.getBytes(StandardCharsets.UTF_8);
        try (Memory address = new Memory(FAMILY_SIZE + name.length + 1L);
                Fd datagram = Fd.own(CLibrary.socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0))) {
            address.clear();
            address.setShort(0, (short) AF_UNIX);
            address.write(FAMILY_SIZE, name, 0, name.length);
            CLibrary.sendto(datagram.number(), text, text.length, MSG_NOSIGNAL, address, FAMILY_SIZE + name.length);
        } catch (LastErrorException e) {
            throw new LinuxException("sendto", "the service manager's socket " + socket.get(), e.getErrorCode());
        }
    }

    private static final class CLibrary {
        static {
            Native.register(CLibrary.class, "c");
        }

        static native int socket(int domain, int type, int protocol) throws LastErrorException;

        static native long sendto(int socket, byte[] data, long size, int flags, Pointer address, int addressSize)
                throws LastErrorException;
    }
}
