package dev.gantry.daemon.linux;

import com.sun.jna.LastErrorException;
import com.sun.jna.Native;
import java.util.Map;

/** The listening socket a service manager passes on (sd_listen_fds): descriptor 3 of the process it names. */
public final class InheritedSocket {

    private static final int FIRST = 3;

    private InheritedSocket() {}

    /** Why there is no socket to take over, or an empty text when there is exactly one. */
    public static String whyNot(Map<String, String> environment, long pid) {
        String owner = environment.getOrDefault("LISTEN_PID", "");
        String count = environment.getOrDefault("LISTEN_FDS", "");
        if (owner.isEmpty() || count.isEmpty()) {
            return "no socket was passed by systemd (LISTEN_FDS is not set)";
        }
        if (!owner.equals(Long.toString(pid))) {
            return "the sockets passed by systemd are for process " + owner;
        }
        return count.equals("1") ? "" : "systemd passed " + count + " sockets, one is supported";
    }

    /** Puts the socket where {@link System#inheritedChannel} looks for it. */
    public static void moveToStandardInput() {
        try {
            CLibrary.dup2(FIRST, 0);
            CLibrary.close(FIRST);
        } catch (LastErrorException e) {
            throw new LinuxException("dup2", "the socket passed by systemd", e.getErrorCode());
        }
    }

    private static final class CLibrary {
        static {
            Native.register(CLibrary.class, "c");
        }

        static native int dup2(int from, int to) throws LastErrorException;

        static native int close(int descriptor) throws LastErrorException;
    }
}
