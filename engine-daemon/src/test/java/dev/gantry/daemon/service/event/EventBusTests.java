package dev.gantry.daemon.service.event;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class EventBusTests {

    private static final Instant TIME = Instant.parse("2026-01-01T00:00:00Z");

    private final EventBus bus = new EventBus();

    private void publish(String action) {
        bus.publish(new EngineEvent("container", action, "id", Map.of(), TIME));
    }

    @Test
    void keptEventsComeBeforeLiveOnesAndTimesDiffer() throws InterruptedException {
        publish("create");
        publish("start");
        try (EventSubscription subscription = bus.subscribe(Optional.of(TIME.plusNanos(1)))) {
            publish("die");
            assertThat(subscription.next(Duration.ZERO).orElseThrow().action()).isEqualTo("start");
            EngineEvent last = subscription.next(Duration.ZERO).orElseThrow();
            assertThat(last.action()).isEqualTo("die");
            assertThat(last.time()).isEqualTo(TIME.plusNanos(2));
            assertThat(subscription.next(Duration.ZERO)).isEmpty();
        }
        assertThat(bus.listeners()).isZero();
    }

    @Test
    void slowReaderIsToldWhatItMissed() throws InterruptedException {
        try (EventSubscription subscription = bus.subscribe(Optional.empty())) {
            for (int i = 0; i < 5_000; i++) {
                publish("start");
            }
            assertThat(subscription.takeMissed()).isEqualTo(5_000 - 4_096);
            assertThat(subscription.next(Duration.ZERO)).isPresent();
            assertThat(subscription.takeMissed()).isZero();
        }
    }
}
