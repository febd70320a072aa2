package dev.gantry.daemon.service.event;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArraySet;

/**
 * Passes events to whoever listens and keeps the last ones for those who ask later. Publishing never blocks: a
 * listener that does not keep up is told how many it has missed. The last events are in memory, those before in a
 * journal on disk, where one is kept. Safe for all threads.
 */
public final class EventBus {

    private static final int KEPT = 1024;

    private final Object order = new Object();
    private final Deque<NumberedEvent> kept = new ArrayDeque<>(KEPT);
    private final Set<EventSubscription> subscriptions = new CopyOnWriteArraySet<>();
    private Instant last = Instant.MIN;
    private long number;
    private Optional<EventJournal> journal = Optional.empty();

    /** Keeps events in a journal too, and goes on after the last one there. The journal stays the caller's. */
    public void keepIn(EventJournal chosen) {
        synchronized (order) {
            journal = Optional.of(chosen);
            number = Math.max(number, chosen.lastNumber());
            last = last.isAfter(chosen.lastTime()) ? last : chosen.lastTime();
        }
    }

    /** Publishes an event. Where two have the same time, the later one is moved by a nanosecond. */
    public void publish(EngineEvent happened) {
        synchronized (order) {
            EngineEvent event = inOrder(happened);
            if (kept.size() == KEPT) {
                kept.removeFirst();
            }
            NumberedEvent numbered = new NumberedEvent(++number, event);
            kept.addLast(numbered);
            journal.ifPresent(disk -> disk.append(numbered));
            for (EventSubscription subscription : subscriptions) {
                subscription.offer(event);
            }
        }
    }

    /** No two events happen at the same time, so that a client can go on from the last one it saw. */
    private EngineEvent inOrder(EngineEvent event) {
        if (event.time().isAfter(last)) {
            last = event.time();
            return event;
        }
        last = last.plusNanos(1);
        return new EngineEvent(event.type(), event.action(), event.actorId(), event.attributes(), last);
    }

    /**
     * Listens from now on, after the kept events since a time. Nothing falls between the two. The caller closes the
     * subscription.
     */
    public EventSubscription subscribe(Optional<Instant> since) throws InterruptedException {
        EventSubscription subscription;
        long firstKept;
        boolean reachesBack;
        Optional<EventJournal> disk;
        synchronized (order) {
            List<EngineEvent> before = since.map(this::keptSince).orElse(List.of());
            subscription = new EventSubscription(before, subscriptions::remove);
            subscriptions.add(subscription);
            firstKept = kept.isEmpty() ? number + 1 : kept.getFirst().number();
            reachesBack = since.isPresent()
                    && (kept.isEmpty()
                            || since.get().isBefore(kept.getFirst().event().time()));
            disk = journal;
        }
        if (reachesBack && disk.isPresent()) {
            subscription.precede(disk.get().past(since.get(), firstKept));
        }
        return subscription;
    }

    private List<EngineEvent> keptSince(Instant since) {
        List<EngineEvent> found = new ArrayList<>();
        for (NumberedEvent numbered : kept) {
            if (!numbered.event().time().isBefore(since)) {
                found.add(numbered.event());
            }
        }
        return found;
    }

    /** How many listen now. */
    public int listeners() {
        return subscriptions.size();
    }
}
