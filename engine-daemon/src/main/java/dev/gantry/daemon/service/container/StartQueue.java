package dev.gantry.daemon.service.container;

import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.Executor;

/**
 * Runs the starts that the engine makes by itself, not more than a few at a time, so that hundreds of containers that
 * fail in a loop leave room for what users ask for. Safe for use by many threads.
 */
final class StartQueue {

    private final Executor executor;
    private final int width;
    private final Queue<Runnable> waiting = new ArrayDeque<>();
    private int running;

    /**
     * @param executor its threads may wait
     * @param width how many starts run at once
     */
    StartQueue(Executor executor, int width) {
        this.executor = executor;
        this.width = width;
    }

    void add(Runnable start) {
        synchronized (waiting) {
            if (running == width) {
                waiting.add(start);
                return;
            }
            running++;
        }
        executor.execute(() -> work(start));
    }

    private void work(Runnable start) {
        try {
            start.run();
        } finally {
            next();
        }
    }

    private void next() {
        Runnable following;
        synchronized (waiting) {
            following = waiting.poll();
            if (following == null) {
                running--;
                return;
            }
        }
        executor.execute(() -> work(following));
    }
}
