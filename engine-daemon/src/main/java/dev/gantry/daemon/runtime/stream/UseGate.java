package dev.gantry.daemon.runtime.stream;

/**
 * Lets a descriptor be closed while other threads are inside calls on it: the close wakes them, the last one out does
 * the closing. A number that is closed under a waiting thread could be another file's by the time it looks.
 */
final class UseGate {

    private final Runnable wake;
    private final Runnable release;
    private int users;
    private boolean closed;

    /**
     * @param wake makes waiting calls return; run once, at the close
     * @param release closes the descriptors; run once, when nobody uses them any more
     */
    UseGate(Runnable wake, Runnable release) {
        this.wake = wake;
        this.release = release;
    }

    /** Runs an action on the descriptors unless they are closed. */
    void use(Runnable action) {
        synchronized (this) {
            if (closed) {
                return;
            }
            users++;
        }
        try {
            action.run();
        } finally {
            leave();
        }
    }

    private void leave() {
        boolean last;
        synchronized (this) {
            users--;
            last = closed && users == 0;
        }
        if (last) {
            release.run();
        }
    }

    synchronized boolean isClosed() {
        return closed;
    }

    void close() {
        synchronized (this) {
            if (closed) {
                return;
            }
            closed = true;
            users++;
        }
        try {
            wake.run();
        } finally {
            leave();
        }
    }
}
