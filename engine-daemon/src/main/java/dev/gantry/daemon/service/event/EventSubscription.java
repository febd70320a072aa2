package dev.gantry.daemon.service.event;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** One listener's queue of events. For one reading thread; {@link #close} may come from any and wakes the reader. */
public final class EventSubscription implements AutoCloseable {

    /** More than any client that reads falls behind; memory stays bounded for those that do not. */
    private static final int LIMIT = 4096;

    private final Deque<EngineEvent> queue;
    private final Consumer<EventSubscription> onClose;
    private volatile Optional<EventJournal.Past> past = Optional.empty();
    private long missed;
    private boolean closed;

    EventSubscription(List<EngineEvent> before, Consumer<EventSubscription> onClose) {
        this.queue = new ArrayDeque<>(before);
        this.onClose = onClose;
    }

    /** Gives the subscription what was before; called before anybody reads. */
    void precede(EventJournal.Past before) {
        past = Optional.of(before);
    }

    synchronized void offer(EngineEvent event) {
        if (closed) {
            return;
        }
        if (queue.size() >= LIMIT) {
            queue.removeFirst();
            missed++;
        }
        queue.addLast(event);
        notifyAll();
    }

    /** Waits for the next event; empty after the timeout or when the subscription is closed. */
    public Optional<EngineEvent> next(Duration timeout) throws InterruptedException {
        Optional<EventJournal.Past> before = past;
        if (before.isPresent() && !isClosed()) {
            try {
                Optional<EngineEvent> event = before.get().next();
                if (event.isPresent()) {
                    return event;
                }
                closePast();
            } catch (IOException e) {
                throw new UncheckedIOException("Reading the journal of events", e);
            }
        }
        return nextLive(timeout);
    }

    private void closePast() throws IOException {
        Optional<EventJournal.Past> before = past;
        past = Optional.empty();
        if (before.isPresent()) {
            before.get().close();
        }
    }

    private synchronized Optional<EngineEvent> nextLive(Duration timeout) throws InterruptedException {
        long deadline = System.nanoTime() + timeout.toNanos();
        while (queue.isEmpty() && !closed) {
            long left = deadline - System.nanoTime();
            if (left <= 0) {
                return Optional.empty();
            }
            wait(left / 1_000_000, (int) (left % 1_000_000));
        }
        return closed ? Optional.empty() : Optional.of(queue.removeFirst());
    }

    /** How many events were dropped since the last call because they were not read in time. */
    public synchronized long takeMissed() {
        long count = missed;
        missed = 0;
        return count;
    }

    public synchronized boolean isClosed() {
        return closed;
    }

    @Override
    public void close() {
        synchronized (this) {
            closed = true;
            notifyAll();
        }
        onClose.accept(this);
        try {
            closePast();
        } catch (IOException e) {
            throw new UncheckedIOException("Closing the journal of events", e);
        }
    }
}
