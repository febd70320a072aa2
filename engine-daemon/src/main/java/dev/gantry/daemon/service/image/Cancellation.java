package dev.gantry.daemon.service.image;

import java.util.ArrayList;
import java.util.List;

/**
 * Tells work that nobody waits for it any more. Unlike an interrupt it does not break off what the thread is writing to
 * the disk. Thread-safe.
 */
final class Cancellation {

    private final List<Runnable> actions = new ArrayList<>();
    private boolean requested;

    /** Asks the work to end. */
    void request() {
        List<Runnable> due;
        synchronized (this) {
            requested = true;
            due = List.copyOf(actions);
        }
        due.forEach(Runnable::run);
    }

    /** Acts when the end is asked for, at once where it has been. */
    void onRequest(Runnable action) {
        boolean now;
        synchronized (this) {
            actions.add(action);
            now = requested;
        }
        if (now) {
            action.run();
        }
    }

    /** Ends the work here where its end was asked for. */
    synchronized void check() throws InterruptedException {
        if (requested) {
            throw new InterruptedException("Nobody waits for the work any more");
        }
    }
}
