package dev.gantry.daemon.service.event;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EventJournalTests {

    private static final Instant TIME = Instant.parse("2026-01-01T00:00:00Z");

    @TempDir
    Path directory;

    private static void publish(EventBus bus, int number) {
        bus.publish(new EngineEvent(
                "container", "start", "id" + number, Map.of("name", "ü\n\"x"), TIME.plusSeconds(number)));
    }

    private EventBus bus(EventJournal journal) {
        EventBus bus = new EventBus();
        bus.keepIn(journal);
        return bus;
    }

    private static List<String> ids(EventBus bus, Instant since) throws InterruptedException {
        List<String> ids = new ArrayList<>();
        try (EventSubscription subscription = bus.subscribe(Optional.of(since))) {
            for (Optional<EngineEvent> event = subscription.next(Duration.ZERO);
                    event.isPresent();
                    event = subscription.next(Duration.ZERO)) {
                ids.add(event.get().actorId());
            }
        }
        return ids;
    }

    private static List<String> expected(int from, int to) {
        return IntStream.range(from, to).mapToObj(i -> "id" + i).toList();
    }

    private Path last() throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.sorted().reduce((a, b) -> b).orElseThrow();
        }
    }

    @Test
    void anotherLifeKnowsWhatHappenedAndATornLineHurtsNobody() throws Exception {
        try (EventJournal journal = EventJournal.open(directory)) {
            EventBus bus = bus(journal);
            IntStream.range(0, 10).forEach(i -> publish(bus, i));
        }
        Files.writeString(last(), "{\"n\":11,\"s\":17", StandardOpenOption.APPEND);
        try (EventJournal journal = EventJournal.open(directory)) {
            EventBus bus = bus(journal);
            IntStream.range(10, 20).forEach(i -> publish(bus, i));

            assertThat(ids(bus, TIME.plusSeconds(3))).isEqualTo(expected(3, 20));
            assertThat(ids(bus, TIME.plusSeconds(15))).isEqualTo(expected(15, 20));
        }
    }

    @Test
    void moreThanMemoryKeepsComesFromDiskOnceAndInOrder() throws Exception {
        try (EventJournal journal = EventJournal.open(directory)) {
            EventBus bus = bus(journal);
            IntStream.range(0, 5000).forEach(i -> publish(bus, i));

            assertThat(ids(bus, TIME)).isEqualTo(expected(0, 5000));
        }
    }

    @Test
    void diskIsBoundedAndTheNewestStay() throws Exception {
        try (EventJournal journal = EventJournal.open(directory, 2000, 3)) {
            EventBus bus = bus(journal);
            IntStream.range(0, 3000).forEach(i -> publish(bus, i));
        }
        try (Stream<Path> files = Files.list(directory)) {
            assertThat(files.count()).isLessThanOrEqualTo(3);
        }
        try (EventJournal journal = EventJournal.open(directory, 2000, 3)) {
            List<String> ids = ids(bus(journal), TIME);

            assertThat(ids).isNotEmpty().isEqualTo(expected(3000 - ids.size(), 3000));
        }
    }
}
