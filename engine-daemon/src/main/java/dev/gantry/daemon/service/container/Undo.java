package dev.gantry.daemon.service.container;

import java.util.ArrayDeque;
import java.util.Deque;

/** What must be taken away again, last first, where a sequence of steps fails. Used by one thread. */
final class Undo {

    private final Deque<Runnable> steps = new ArrayDeque<>();

    void add(Runnable step) {
        steps.push(step);
    }

    /** Takes everything away; what fails on the way is kept as suppressed in the failure that is given back. */
    RuntimeException after(RuntimeException failure) {
        while (!steps.isEmpty()) {
            try {
                steps.pop().run();
            } catch (RuntimeException further) {
                failure.addSuppressed(further);
            }
        }
        return failure;
    }
}
