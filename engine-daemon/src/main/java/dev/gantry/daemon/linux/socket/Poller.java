package dev.gantry.daemon.linux.socket;

import com.sun.jna.LastErrorException;
import com.sun.jna.Memory;
import com.sun.jna.NativeLong;
import dev.gantry.daemon.linux.Errno;
import dev.gantry.daemon.linux.Fd;
import dev.gantry.daemon.linux.LinuxException;
import java.time.Duration;

/** Waits on a fixed set of descriptors with {@code poll}. Used by one thread at a time. */
public final class Poller {

    public static final int IN = 0x001;
    public static final int OUT = 0x004;
    private static final int ERROR_OR_END = 0x008 | 0x010 | 0x020;
    private static final int ENTRY_BYTES = 8;
    private static final int EVENTS = 4;
    private static final int RETURNED = 6;

    private final Memory entries;
    private final int count;

    /** @param count how many descriptors it waits on, at least 1 */
    public Poller(int count) {
        this.count = count;
        this.entries = new Memory((long) count * ENTRY_BYTES);
        for (int i = 0; i < count; i++) {
            ignore(i);
        }
    }

    /** Waits on a descriptor for {@link #IN} or {@link #OUT}; its end and its errors always count. */
    public void watch(int index, Fd fd, int events) {
        long at = (long) index * ENTRY_BYTES;
        entries.setInt(at, fd.number());
        entries.setShort(at + EVENTS, (short) events);
        entries.setShort(at + RETURNED, (short) 0);
    }

    /** Waits no longer on that entry. */
    public void ignore(int index) {
        long at = (long) index * ENTRY_BYTES;
        entries.setInt(at, -1);
        entries.setInt(at + EVENTS, 0);
    }

    /** Waits without limit until one is ready; for waits that another thread ends through a {@link Wakeup}. */
    public void await() {
        boolean ready;
        do {
            ready = await(-1);
        } while (!ready);
    }

    /** Waits until one is ready; false where the deadline came first. */
    public boolean await(Duration deadline) {
        long end = System.nanoTime() + deadline.toNanos();
        while (true) {
            long left = Math.max(0, end - System.nanoTime());
            int millis = (int) Math.min(Integer.MAX_VALUE, (left + 999_999) / 1_000_000);
            if (await(millis)) {
                return true;
            }
            if (System.nanoTime() >= end) {
                return false;
            }
        }
    }

    /** Whether the entry is ready, ended or in error after a wait. */
    public boolean isReady(int index) {
        return (entries.getShort((long) index * ENTRY_BYTES + RETURNED) & (IN | OUT | ERROR_OR_END)) != 0;
    }

    private boolean await(int millis) {
        try {
            return CLibrary.poll(entries, new NativeLong(count), millis) > 0;
        } catch (LastErrorException e) {
            if (e.getErrorCode() == Errno.EINTR) {
                return false;
            }
            throw new LinuxException("poll", count + " descriptors", e.getErrorCode());
        }
    }

    /** Waits until one descriptor is readable or at its end; false where the deadline came first. */
    public static boolean awaitReadable(Fd fd, Duration deadline) {
        Poller poller = new Poller(1);
        poller.watch(0, fd, IN);
        return poller.await(deadline);
    }
}
