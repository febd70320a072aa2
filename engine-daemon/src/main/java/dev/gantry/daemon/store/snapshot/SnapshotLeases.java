package dev.gantry.daemon.store.snapshot;

import dev.gantry.daemon.type.ContainerId;
import dev.gantry.registry.Digest;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Counts who looks into root file systems, beside the containers that run on them: the last one to go unmounts what was
 * mounted for looking alone, and deletes what was removed meanwhile. What is done to one root file system is done one after
 * the other. Safe for use by many threads.
 */
final class SnapshotLeases {

    private final ConcurrentMap<ContainerId, Leased> leased = new ConcurrentHashMap<>();

    /**
     * A root file system that somebody looks into.
     *
     * @param count how many look
     * @param runs whether it stays mounted after them, for its container
     * @param layers what it stands on
     * @param removed where its files lie once it is removed
     */
    private record Leased(int count, boolean runs, List<Digest> layers, Optional<Path> removed) {}

    /** What a step inside the map gives to its caller. */
    private static final class Result {
        private Optional<Path> path = Optional.empty();
    }

    /** Mounts for a container that is to run. */
    Path mount(ContainerId id, Supplier<Path> mounting) {
        Result mounted = new Result();
        leased.compute(id, (key, now) -> {
            mounted.path = Optional.of(mounting.get());
            return now == null ? null : new Leased(now.count(), true, now.layers(), now.removed());
        });
        return mounted.path.orElseThrow();
    }

    /** Unmounts after a container's run, at once or when the last one has looked. */
    void unmount(ContainerId id, Runnable unmounting) {
        leased.compute(id, (key, now) -> {
            if (now == null) {
                unmounting.run();
                return null;
            }
            return new Leased(now.count(), false, now.layers(), now.removed());
        });
    }

    /** Removes; gives the files to be deleted now, or keeps them until the last one has looked. */
    Optional<Path> remove(ContainerId id, Supplier<Optional<Path>> removing) {
        Result deletable = new Result();
        leased.compute(id, (key, now) -> {
            Optional<Path> aside = removing.get();
            if (now == null) {
                deletable.path = aside;
                return null;
            }
            return new Leased(now.count(), false, now.layers(), aside);
        });
        return deletable.path;
    }

    /**
     * Begins to look.
     *
     * @param mounted whether it is mounted already
     * @param unmounting what the last one does
     * @param deleting what the last one does with the files of one that was removed
     */
    SnapshotLease lease(
            Snapshot snapshot,
            Supplier<Boolean> mounted,
            Supplier<Path> mounting,
            Runnable unmounting,
            Consumer<Path> deleting) {
        Result where = new Result();
        leased.compute(snapshot.id(), (key, now) -> {
            boolean runs = now == null ? mounted.get() : now.runs();
            where.path = Optional.of(mounting.get());
            return new Leased(now == null ? 1 : now.count() + 1, runs, snapshot.layers(), Optional.empty());
        });
        return new SnapshotLease(where.path.orElseThrow(), () -> release(snapshot.id(), unmounting, deleting));
    }

    private void release(ContainerId id, Runnable unmounting, Consumer<Path> deleting) {
        leased.computeIfPresent(id, (key, now) -> {
            if (now.count() > 1) {
                return new Leased(now.count() - 1, now.runs(), now.layers(), now.removed());
            }
            if (now.removed().isPresent()) {
                deleting.accept(now.removed().get());
            } else if (!now.runs()) {
                unmounting.run();
            }
            return null;
        });
    }

    /** The layers of all that somebody looks into. */
    Collection<List<Digest>> stacks() {
        return leased.values().stream().map(Leased::layers).toList();
    }
}
