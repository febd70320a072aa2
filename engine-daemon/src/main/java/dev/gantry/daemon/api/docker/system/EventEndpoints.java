package dev.gantry.daemon.api.docker.system;

import dev.gantry.api.Event;
import dev.gantry.api.EventActor;
import dev.gantry.daemon.api.wire.ChunkedStream;
import dev.gantry.daemon.api.wire.Endpoints;
import dev.gantry.daemon.api.wire.Exchange;
import dev.gantry.daemon.api.wire.Router;
import dev.gantry.daemon.service.event.EngineEvent;
import dev.gantry.daemon.service.event.EventBus;
import dev.gantry.daemon.service.event.EventSubscription;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/** The stream of events: what was kept since a time, then what happens, until a time or the client's end. */
public final class EventEndpoints implements Endpoints {

    private static final Duration LONGEST_WAIT = Duration.ofMinutes(1);

    private final EventBus events;
    private final Clock clock;

    public EventEndpoints(EventBus events, Clock clock) {
        this.events = events;
        this.clock = clock;
    }

    @Override
    public void register(Router router) {
        router.get("/events", this::stream);
    }

    private void stream(Exchange exchange) throws IOException, InterruptedException {
        Optional<Instant> since = exchange.query().timestamp("since");
        Optional<Instant> until = exchange.query().timestamp("until");
        EventFilter filter = new EventFilter(exchange.query().filters());
        try (EventSubscription subscription = events.subscribe(since);
                ChunkedStream stream = exchange.stream("application/json")) {
            stream.onClientGone(subscription::close);
            while (!subscription.isClosed()) {
                Duration wait = until.map(this::left).orElse(LONGEST_WAIT);
                Optional<EngineEvent> event = subscription.next(wait.isNegative() ? Duration.ZERO : wait);
                long missed = subscription.takeMissed();
                if (missed > 0) {
                    stream.json(gap(missed));
                }
                if (event.isPresent() && !isAfter(event.get(), until)) {
                    if (filter.matches(event.get())) {
                        stream.json(toWire(event.get()));
                    }
                } else if (until.isPresent() && !clock.instant().isBefore(until.get())) {
                    return;
                }
            }
        }
    }

    private Duration left(Instant until) {
        Duration left = Duration.between(clock.instant(), until);
        return left.compareTo(LONGEST_WAIT) > 0 ? LONGEST_WAIT : left;
    }

    private static boolean isAfter(EngineEvent event, Optional<Instant> until) {
        return until.isPresent() && event.time().isAfter(until.get());
    }

    private Event gap(long missed) {
        return toWire(
                new EngineEvent("daemon", "events-lost", "", Map.of("count", Long.toString(missed)), clock.instant()));
    }

    private static Event toWire(EngineEvent event) {
        // compat: the fields status, id and from are what clients before API 1.22 read; 1.52 drops them
        boolean legacy = event.type().equals("container") || event.type().equals("image");
        Instant time = event.time();
        return new Event(
                legacy ? event.action() : "",
                legacy ? event.actorId() : "",
                event.type().equals("container") ? event.attributes().getOrDefault("image", "") : "",
                event.type(),
                event.action(),
                new EventActor(event.actorId(), event.attributes()),
                "local",
                time.getEpochSecond(),
                time.getEpochSecond() * 1_000_000_000L + time.getNano());
    }
}
