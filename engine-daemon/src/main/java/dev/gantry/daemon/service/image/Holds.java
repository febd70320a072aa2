package dev.gantry.daemon.service.image;

import dev.gantry.registry.Digest;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;

/** Counts who needs a blob or a layer that no image names, or not yet. Thread-safe. */
final class Holds {

    private final Map<Digest, Integer> counts = new HashMap<>();

    /** Keeps what is held from removal until it is closed. Closing it twice is no error. */
    @FunctionalInterface
    interface Hold extends AutoCloseable {
        @Override
        void close();
    }

    /** Holds blobs and layers, whether they are here or on their way. */
    synchronized Hold hold(Collection<Digest> digests) {
        Set<Digest> held = Set.copyOf(digests);
        held.forEach(digest -> counts.merge(digest, 1, Integer::sum));
        AtomicBoolean open = new AtomicBoolean(true);
        return () -> {
            if (open.getAndSet(false)) {
                release(held);
            }
        };
    }

    /** Acts unless somebody holds the content; nobody can begin to while it acts. */
    synchronized boolean unlessHeld(Digest digest, BooleanSupplier action) {
        return !counts.containsKey(digest) && action.getAsBoolean();
    }

    private synchronized void release(Set<Digest> held) {
        held.forEach(digest -> counts.computeIfPresent(digest, (key, count) -> count == 1 ? null : count - 1));
    }
}
