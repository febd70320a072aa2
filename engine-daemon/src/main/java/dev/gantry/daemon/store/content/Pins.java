package dev.gantry.daemon.store.content;

import dev.gantry.registry.Digest;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;

/** Counts who needs a blob to stay. */
final class Pins {

    private final Map<Digest, Integer> counts = new HashMap<>();

    synchronized Pin pin(Collection<Digest> digests) {
        Set<Digest> pinned = Set.copyOf(digests);
        pinned.forEach(digest -> counts.merge(digest, 1, Integer::sum));
        AtomicBoolean open = new AtomicBoolean(true);
        return () -> {
            if (open.getAndSet(false)) {
                unpin(pinned);
            }
        };
    }

    private synchronized void unpin(Set<Digest> pinned) {
        pinned.forEach(digest -> counts.computeIfPresent(digest, (key, count) -> count == 1 ? null : count - 1));
    }

    synchronized boolean unlessPinned(Digest digest, BooleanSupplier action) {
        return !counts.containsKey(digest) && action.getAsBoolean();
    }
}
