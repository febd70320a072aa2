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

/**
 * Waits until a file is written to, closed by a writer, or replaced. Where the user's share of watches is used up, every
 * wait simply takes as long as {@link #WITHOUT_WATCH}, so that the caller looks for itself. For one thread; its waits
 * occupy a platform thread.
 */
public final class FileWatch implements AutoCloseable {

    /** How long a wait takes at most where the kernel gives no watch. */
    public static final Duration WITHOUT_WATCH = Duration.ofMillis(20);

    private static final int IN_MODIFY = 0x2;
    private static final int IN_ATTRIB = 0x4;
    private static final int IN_CLOSE_WRITE = 0x8;
    private static final int IN_DELETE_SELF = 0x400;
    private static final int IN_MOVE_SELF = 0x800;
    private static final int IN_MASK = IN_MODIFY | IN_ATTRIB | IN_CLOSE_WRITE | IN_DELETE_SELF | IN_MOVE_SELF;
    private static final int IN_NONBLOCK = 0x800;
    private static final int IN_CLOEXEC = 0x80000;
    private static final short POLLIN = 1;
    private static final int EVENT_BUFFER = 4096;
    private static final int EVENT_HEADER = 16;
    private static final int POLL_ENTRY = 8;

    /** What ended a wait. */
    public enum Outcome {
        CHANGED,
        CLOSED,
        NOTHING
    }

    private final Optional<Fd> inotify;
    private final byte[] events = new byte[EVENT_BUFFER];

    private FileWatch(Optional<Fd> inotify) {
        this.inotify = inotify;
    }

    /** Starts to watch a file, which must exist; what happens from now on is not missed. */
    public static FileWatch on(Path file) {
        int number;
        try {
            number = CLibrary.inotify_init1(IN_NONBLOCK | IN_CLOEXEC);
        } catch (LastErrorException e) {
            if (e.getErrorCode() == Errno.EMFILE) {
                return new FileWatch(Optional.empty());
            }
            throw new LinuxException("inotify_init1", file.toString(), e.getErrorCode());
        }
        Fd inotify = Fd.own(number);
        try {
            CLibrary.inotify_add_watch(number, (file + "\0").getBytes(StandardCharsets.UTF_8), IN_MASK);
            return new FileWatch(Optional.of(inotify));
        } catch (LastErrorException e) {
            inotify.close();
            if (e.getErrorCode() == Errno.ENOSPC) {
                return new FileWatch(Optional.empty());
            }
            throw new LinuxException("inotify_add_watch", file.toString(), e.getErrorCode());
        }
    }

    /** Waits for the next change, at most so long. */
    public Outcome await(Duration atMost) {
        try {
            if (inotify.isEmpty()) {
                CLibrary.poll(
                        new byte[POLL_ENTRY], 0, millis(atMost.compareTo(WITHOUT_WATCH) < 0 ? atMost : WITHOUT_WATCH));
                return Outcome.CHANGED;
            }
            int number = inotify.get().number();
            ByteBuffer entry = ByteBuffer.allocate(POLL_ENTRY).order(ByteOrder.nativeOrder());
            entry.putInt(number).putShort(POLLIN);
            if (CLibrary.poll(entry.array(), 1, millis(atMost)) == 0) {
                return Outcome.NOTHING;
            }
            return outcome((int) CLibrary.read(number, events, EVENT_BUFFER));
        } catch (LastErrorException e) {
            if (e.getErrorCode() == Errno.EINTR || e.getErrorCode() == Errno.EAGAIN) {
                return Outcome.NOTHING;
            }
            throw new LinuxException("poll", "a file's changes", e.getErrorCode());
        }
    }

    private Outcome outcome(int length) {
        ByteBuffer read = ByteBuffer.wrap(events, 0, length).order(ByteOrder.nativeOrder());
        Outcome outcome = Outcome.CHANGED;
        while (read.remaining() >= EVENT_HEADER) {
            int start = read.position();
            if ((read.getInt(start + 4) & IN_CLOSE_WRITE) != 0) {
                outcome = Outcome.CLOSED;
            }
            read.position(Math.min(read.limit(), start + EVENT_HEADER + read.getInt(start + 12)));
        }
        return outcome;
    }

    private static int millis(Duration duration) {
        return (int) Math.min(Integer.MAX_VALUE, Math.max(0, duration.toMillis()));
    }

    @Override
    public void close() {
        inotify.ifPresent(Fd::close);
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
