package dev.gantry.daemon.linux.watch;

import com.sun.jna.LastErrorException;
import com.sun.jna.Native;
import dev.gantry.daemon.linux.Errno;
import dev.gantry.daemon.linux.Fd;
import dev.gantry.daemon.linux.LinuxException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;

/** One of the kernel's queues of file changes. Watches may be added by any thread; one thread takes the changes. */
final class Inotify implements AutoCloseable {

    static final int MODIFY = 0x2;
    static final int ATTRIB = 0x4;
    static final int CLOSE_WRITE = 0x8;
    static final int DELETE_SELF = 0x400;
    static final int MOVE_SELF = 0x800;
    static final int IGNORED = 0x8000;
    static final int ONE_SHOT = 0x80000000;

    private static final int IN_NONBLOCK = 0x800;
    private static final int IN_CLOEXEC = 0x80000;
    private static final short POLLIN = 1;
    private static final int EVENT_BUFFER = 4096;
    private static final int EVENT_HEADER = 16;
    private static final int POLL_ENTRY = 8;

    private final Fd fd;
    private final byte[] events = new byte[EVENT_BUFFER];

    private Inotify(Fd fd) {
        this.fd = fd;
    }

    /** Takes one change of a file: the watch it was seen by, and what happened. */
    interface Sink {
        void change(int watch, int mask);
    }

    /** Opens a queue; empty where the user's share is used up. */
    static Optional<Inotify> open() {
        try {
            return Optional.of(new Inotify(Fd.own(CLibrary.inotify_init1(IN_NONBLOCK | IN_CLOEXEC))));
        } catch (LastErrorException e) {
            if (e.getErrorCode() == Errno.EMFILE) {
                return Optional.empty();
            }
            throw new LinuxException("inotify_init1", "a queue of file changes", e.getErrorCode());
        }
    }

    /** Watches a file from now on; empty where the user's share is used up, or where the file is gone. */
    OptionalInt add(Path file, int mask) {
        try {
            return OptionalInt.of(
                    CLibrary.inotify_add_watch(fd.number(), (file + "\0").getBytes(StandardCharsets.UTF_8), mask));
        } catch (LastErrorException e) {
            if (e.getErrorCode() == Errno.ENOSPC || e.getErrorCode() == Errno.ENOENT) {
                return OptionalInt.empty();
            }
            throw new LinuxException("inotify_add_watch", file.toString(), e.getErrorCode());
        }
    }

    /** Waits for changes, at most so long, and passes them on; false where there were none. */
    boolean await(Duration atMost, Sink sink) {
        try {
            ByteBuffer entry = ByteBuffer.allocate(POLL_ENTRY).order(ByteOrder.nativeOrder());
            entry.putInt(fd.number()).putShort(POLLIN);
            if (CLibrary.poll(entry.array(), 1, millis(atMost)) == 0) {
                return false;
            }
            int length = (int) CLibrary.read(fd.number(), events, EVENT_BUFFER);
            ByteBuffer read = ByteBuffer.wrap(events, 0, length).order(ByteOrder.nativeOrder());
            while (read.remaining() >= EVENT_HEADER) {
                int start = read.position();
                sink.change(read.getInt(start), read.getInt(start + 4));
                read.position(Math.min(read.limit(), start + EVENT_HEADER + read.getInt(start + 12)));
            }
            return length > 0;
        } catch (LastErrorException e) {
            if (e.getErrorCode() == Errno.EINTR || e.getErrorCode() == Errno.EAGAIN) {
                return false;
            }
            throw new LinuxException("poll", "a file's changes", e.getErrorCode());
        }
    }

    /** Waits without a queue. */
    static void pause(Duration duration) {
        try {
            CLibrary.poll(new byte[POLL_ENTRY], 0, millis(duration));
        } catch (LastErrorException interrupted) {
            return;
        }
    }

    private static int millis(Duration duration) {
        return (int) Math.min(Integer.MAX_VALUE, Math.max(0, duration.toMillis()));
    }

    @Override
    public void close() {
        fd.close();
    }

    private static final class CLibrary {
        static {
            Native.register(CLibrary.class, "c");
        }

        static native int inotify_init1(int flags) throws LastErrorException;

        static native int inotify_add_watch(int fd, byte[] path, int mask) throws LastErrorException;

        static native int poll(byte[] entries, long count, int timeoutMillis) throws LastErrorException;

        static native long read(int fd, byte[] buffer, long size) throws LastErrorException;
    }
}
