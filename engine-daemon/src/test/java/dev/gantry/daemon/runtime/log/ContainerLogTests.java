package dev.gantry.daemon.runtime.log;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gantry.daemon.type.StreamType;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ContainerLogTests {

    private static final CompletableFuture<Void> NEVER = new CompletableFuture<>();
    private static final LogLimits SMALL = new LogLimits(10_000, 3, false);

    @TempDir
    Path directory;

    private Path file = Path.of("log");

    @BeforeEach
    void chooseFile() {
        file = directory.resolve("output.log");
    }

    private static final class Numbers implements LogSink {
        private final List<String> lines = Collections.synchronizedList(new ArrayList<>());

        @Override
        public void line(StreamType stream, ByteBuffer bytes) {
            lines.add(UTF_8.decode(bytes.duplicate()).toString().strip());
        }

        @Override
        public void flush() {}
    }

    private static List<String> numbers(int from, int to) {
        return IntStream.range(from, to).mapToObj(Integer::toString).toList();
    }

    private static List<String> read(ContainerLog log, LogOptions options) {
        Numbers sink = new Numbers();
        new LogReader(log).read(options, sink, NEVER, NEVER);
        return sink.lines;
    }

    private List<String> names() throws IOException {
        try (Stream<Path> entries = Files.list(directory)) {
            return entries.map(e -> e.getFileName().toString()).sorted().toList();
        }
    }

    private static void writeAndRotate(FakeMonitor monitor, ContainerLog log, int... ends) throws IOException {
        int number = 0;
        for (int end : ends) {
            monitor.ask();
            for (; number < end; number++) {
                monitor.line(Integer.toString(number));
            }
            log.tidy();
        }
    }

    @Test
    void closedFilesAreReadBeforeTheCurrentOneAndTheOldestGo() throws IOException {
        ContainerLog log = new ContainerLog(file, SMALL);
        log.prepare();
        try (FakeMonitor monitor = new FakeMonitor(file, 0)) {
            writeAndRotate(monitor, log, 10, 20, 30, 40);
        }

        assertThat(read(log, LogOptions.ALL)).isEqualTo(numbers(10, 40));
        assertThat(log.survey().closed()).hasSize(2);
        assertThat(log.bytes()).isEqualTo(30L * "2026-11-23T12:00:00.123456789+00:00 stdout F 10\n".length());
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 5, 10, 11, 20, 25, 30, 31, 99})
    void tailCrossesFiles(int lines) throws IOException {
        ContainerLog log = new ContainerLog(file, SMALL);
        log.prepare();
        try (FakeMonitor monitor = new FakeMonitor(file, 0)) {
            writeAndRotate(monitor, log, 10, 20, 30);
        }

        assertThat(read(log, LogOptions.ALL.withTail(lines))).isEqualTo(numbers(Math.max(0, 30 - lines), 30));
    }

    @Test
    void compressedFilesReadTheSame() throws IOException {
        ContainerLog log = new ContainerLog(file, new LogLimits(10_000, 3, true));
        log.prepare();
        try (FakeMonitor monitor = new FakeMonitor(file, 0)) {
            writeAndRotate(monitor, log, 10, 200, 300);
        }
        new LogCompressor().compress(log);

        assertThat(names()).filteredOn(name -> name.endsWith(".gz")).hasSize(2);
        assertThat(read(log, LogOptions.ALL)).isEqualTo(numbers(0, 300));
        assertThat(read(log, LogOptions.ALL.withTail(250))).isEqualTo(numbers(50, 300));
    }

    @Test
    void fileThatTheMonitorBeganByItselfKeepsItsPlace() throws IOException {
        ContainerLog log = new ContainerLog(file, new LogLimits(10_000, 9, false));
        log.prepare();
        try (FakeMonitor monitor = new FakeMonitor(file, 0)) {
            monitor.line("0");
            monitor.ask();
            monitor.line("1");
            // nobody has made a further file ready
            monitor.ask();
            monitor.line("2");
            log.tidy();
            monitor.ask();
            monitor.line("3");
        }

        assertThat(read(log, LogOptions.ALL)).isEqualTo(numbers(0, 4));
    }

    @Test
    void anotherLifeOfTheDaemonGoesOn() throws IOException {
        ContainerLog log = new ContainerLog(file, SMALL);
        log.prepare();
        try (FakeMonitor monitor = new FakeMonitor(file, 0)) {
            writeAndRotate(monitor, log, 10, 20);
            monitor.ask();
            monitor.line("20");
            // the daemon died before it saw the new file
            ContainerLog next = new ContainerLog(file, SMALL);
            next.tidy();
            monitor.ask();
            monitor.line("21");

            assertThat(read(next, LogOptions.ALL)).isEqualTo(numbers(0, 22));
        }
    }

    @Test
    void tornEndDoesNotSwallowTheNextLine() throws IOException {
        Files.writeString(file, "2026-11-23T12:00:00.123456789+00:00 stdout F 0\n2026-11-23T12:00:00.12");
        ContainerLog log = new ContainerLog(file, SMALL);
        log.prepare();
        try (FakeMonitor monitor = new FakeMonitor(file, 0)) {
            monitor.line("1");
        }

        assertThat(read(log, LogOptions.ALL)).isEqualTo(numbers(0, 2));
    }

    @Test
    void partsOfALineAreJoinedAcrossFiles() throws IOException {
        ContainerLog log = new ContainerLog(file, SMALL);
        log.prepare();
        try (FakeMonitor monitor = new FakeMonitor(file, 0)) {
            monitor.part("one ");
            monitor.ask();
            monitor.line("line");
        }
        Numbers sink = new Numbers();
        new LogReader(log).read(LogOptions.ALL.withTimestamps(), sink, NEVER, NEVER);

        assertThat(sink.lines).containsExactly("2026-11-23T12:00:00.123456789Z one", "line");
    }

    @Test
    void fullLogIsBegunAnewBeforeTheNextRun() throws IOException {
        ContainerLog log = new ContainerLog(file, SMALL);
        log.prepare();
        try (FakeMonitor monitor = new FakeMonitor(file, 0)) {
            for (int i = 0; i < 300; i++) {
                monitor.line(Integer.toString(i));
            }
        }
        log.prepare();

        assertThat(Files.size(file)).isZero();
        assertThat(read(log, LogOptions.ALL)).isEqualTo(numbers(0, 300));
    }

    @Test
    void emptiedLogIsEmptyAndGoesOn() throws IOException {
        ContainerLog log = new ContainerLog(file, SMALL);
        log.prepare();
        try (FakeMonitor monitor = new FakeMonitor(file, 0)) {
            writeAndRotate(monitor, log, 10, 20);
        }
        assertThat(log.clear()).isPositive();
        assertThat(read(log, LogOptions.ALL)).isEmpty();
        log.prepare();
        try (FakeMonitor monitor = new FakeMonitor(file, 0)) {
            monitor.line("0");
        }

        assertThat(read(log, LogOptions.ALL)).isEqualTo(numbers(0, 1));
    }

    @Test
    void keeperLosesNothingAtFullSpeedAndFollowersSeeAll() throws Exception {
        int count = 400_000;
        LogLimits limits = new LogLimits(500_000, 4, false);
        ContainerLog log = new ContainerLog(file, limits);
        log.prepare();
        CompletableFuture<Void> ended = new CompletableFuture<>();
        Numbers followed = new Numbers();
        Thread follower = new Thread(() -> new LogReader(log).read(LogOptions.ALL.following(), followed, ended, NEVER));
        try (LogKeeper keeper = new LogKeeper(Runnable::run);
                FakeMonitor monitor = new FakeMonitor(file, limits.backstop())) {
            keeper.keep(log, monitor::ask);
            follower.start();
            for (int i = 0; i < count; i++) {
                monitor.line(Integer.toString(i));
            }
            Awaitility.await().until(() -> followed.lines.size() >= count);
            ended.complete(null);
            keeper.release(log);
        }

        follower.join(TimeUnit.SECONDS.toMillis(20));
        assertThat(followed.lines).isEqualTo(numbers(0, count));
        assertThat(log.survey().closed()).hasSizeLessThanOrEqualTo(3).isNotEmpty();
        List<String> left = read(log, LogOptions.ALL);
        assertThat(left).isEqualTo(numbers(count - left.size(), count));
    }

    @Test
    void readerThatHangsKeepsNoMoreThanItsShare() throws IOException {
        ContainerLog log = new ContainerLog(file, SMALL);
        log.prepare();
        try (FakeMonitor monitor = new FakeMonitor(file, 0);
                LogCursor cursor = log.openCursor()) {
            int[] ends = IntStream.rangeClosed(1, 200).map(i -> i * 10).toArray();
            writeAndRotate(monitor, log, ends);
            OpenSegment first = log.next(cursor).orElseThrow();
            first.close();

            assertThat(first.number()).isBetween(60L, 80L);
        }
    }

    @Test
    void feedGoesOnWhereAnotherStoppedAndJoinsParts() throws Exception {
        ContainerLog log = new ContainerLog(file, SMALL);
        log.prepare();
        List<String> fed = new ArrayList<>();
        LogFeed.Sink sink = line -> fed.add(new String(line.text(), UTF_8));
        LogPosition reached;
        try (FakeMonitor monitor = new FakeMonitor(file, 0)) {
            writeAndRotate(monitor, log, 10, 20);
            monitor.part("2");
            try (LogFeed feed = new LogFeed(log, LogPosition.START)) {
                while (feed.poll(sink)) {
                    assertThat(fed).hasSizeLessThanOrEqualTo(20);
                }
                reached = feed.position();
            }
            monitor.ask();
            monitor.line("0");
            monitor.part("no newline");
        }
        try (LogFeed feed = new LogFeed(log, reached)) {
            while (feed.poll(sink)) {
                assertThat(fed).hasSizeLessThanOrEqualTo(21);
            }
            feed.finish(sink);
        }

        List<String> expected = new ArrayList<>(numbers(0, 21));
        expected.add("no newline");
        assertThat(fed).isEqualTo(expected);
    }
}
