package dev.gantry.daemon.service.image;

import dev.gantry.registry.Digest;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Semaphore;

/**
 * Says whose turn it is to bring a layer: so many at a time, and never two the same one. Thread-safe.
 */
final class Turns {

    private final Semaphore places;
    private final Map<Digest, Queue> queues = new HashMap<>();

    Turns(int atATime) {
        this.places = new Semaphore(atATime, true);
    }

    /** The right to work; closing it passes it on. */
    @FunctionalInterface
    interface Turn extends AutoCloseable {
        @Override
        void close();
    }

    private static final class Queue {
        final Semaphore lock = new Semaphore(1, true);
        int users;
    }

    /**
     * Waits for a turn. Interruptible; those ahead are bound by the deadlines of their transfers.
     *
     * @param waiting told once, where it is not our turn at once
     */
    Turn await(Digest layer, Runnable waiting) throws InterruptedException {
        Queue queue = join(layer);
        boolean own = false;
        try {
            if (queue.lock.tryAcquire()) {
                own = true;
                if (!places.tryAcquire()) {
                    waiting.run();
                    places.acquire();
                }
            } else {
                waiting.run();
                queue.lock.acquire();
                own = true;
                places.acquire();
            }
        } catch (InterruptedException e) {
            leave(layer, queue, own);
            throw e;
        }
        return () -> {
            places.release();
            leave(layer, queue, true);
        };
    }

    private Queue join(Digest layer) {
        synchronized (queues) {
            Queue queue = queues.computeIfAbsent(layer, key -> new Queue());
            queue.users++;
            return queue;
        }
    }

    private void leave(Digest layer, Queue queue, boolean own) {
        if (own) {
            queue.lock.release();
        }
        synchronized (queues) {
            queue.users--;
            if (queue.users == 0) {
                queues.remove(layer);
            }
        }
    }
}
