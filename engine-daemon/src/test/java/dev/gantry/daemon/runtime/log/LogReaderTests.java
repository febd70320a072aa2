package dev.gantry.daemon.runtime.log;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gantry.daemon.type.StreamType;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LogReaderTests {

    private static final CompletableFuture<Void> NEVER = new CompletableFuture<>();
    private static final String TIME = "2026-11-23T12:00:00.123456789+00:00 ";

    @TempDir
    Path directory;

    private Path file = Path.of("log");

    @BeforeEach
    void chooseFile() {
        file = directory.resolve("ctr.log");
    }

    @Test
    void absentLogIsEmpty() {
        assertThat(read(LogOptions.ALL)).isEmpty();
    }

    @Test
    void linesComeByStreamAndPartsAreJoined() throws IOException {
        write(TIME + "stdout F one\n" + TIME + "stderr P par\n" + TIME + "stdout F two\n" + TIME + "stderr F tial\n"
                + TIME + "stdout F \n" + TIME + "stdout P no newline\n");

        assertThat(read(LogOptions.ALL)).isEqualTo("O:one\nE:parO:two\nE:tial\nO:\nO:no newline");
        assertThat(read(LogOptions.ALL.withStreams(Set.of(StreamType.STDERR)))).isEqualTo("E:parE:tial\n");
    }

    @Test
    void unfinishedLastLineIsLeftForLater() throws IOException {
        write(TIME + "stdout F one\n" + TIME + "stdout F tw");

        assertThat(read(LogOptions.ALL)).isEqualTo("O:one\n");
    }

    @Test
    void timesAreDockersInUtc() throws IOException {
        write("""
                2026-11-23T12:00:00.123456789+00:00 stdout F a
                2026-03-01T00:30:00.5+01:00 stdout F b
                2024-02-29T23:59:59Z stdout P c
                2024-02-29T23:59:59Z stdout F d
                1969-12-31T23:59:59.000000001-00:30 stdout F e
                """);

        assertThat(read(LogOptions.ALL.withTimestamps())).isEqualTo("""
                        O:2026-11-23T12:00:00.123456789Z a
                        O:2026-02-28T23:30:00.500000000Z b
                        O:2024-02-29T23:59:59.000000000Z cO:d
                        O:1970-01-01T00:29:59.000000001Z e
                        """);
    }

    @Test
    void sinceAndUntilAreInclusive() throws IOException {
        StringBuilder log = new StringBuilder();
        for (int second = 0; second < 10; second++) {
            log.append("2026-11-23T12:00:0")
                    .append(second)
                    .append(".500000000+00:00 stdout F ")
                    .append(second);
            log.append('\n');
        }
        write(log.toString());

        assertThat(read(LogOptions.ALL
                        .withSince(Instant.parse("2026-11-23T12:00:03.5Z"))
                        .withUntil(Instant.parse("2026-11-23T12:00:05.5Z"))))
                .isEqualTo("O:3\nO:4\nO:5\n");
    }

    @Test
    void damagedLinesArePassedOver() throws IOException {
        write(TIME + "stdout F one\n"
                + "\0\0\0\0\0\0\0\0" + TIME + "stdout F lost\n"
                + "garbage\n\n"
                + TIME + "stdout X odd\n"
                + TIME + "stdin F odd\n"
                + TIME + "stdout F\n"
                + "2026-13-23T12:00:00.123456789+00:00 stdout F month\n"
                + "x".repeat(3 * LineScanner.BLOCK) + "\n"
                + TIME + "stdout F two\n");

        assertThat(read(LogOptions.ALL.withTimestamps()))
                .isEqualTo("O:2026-11-23T12:00:00.123456789Z one\nO:2026-11-23T12:00:00.123456789Z two\n");
        assertThat(read(LogOptions.ALL.withTail(1))).isEqualTo("O:two\n");
    }

    /** Output is data: what a container writes never becomes a line, a time or a stream of its own. */
    @Test
    void controlCharactersAndForgedHeadsStayText() throws IOException {
        String text = "\u001b[2J\r\u0007\b\u0000 " + TIME + "stderr F forged";
        write(TIME + "stdout F " + text + "\n");

        assertThat(read(LogOptions.ALL)).isEqualTo("O:" + text + "\n");
    }

    @Test
    void tailCountsWholeLines() throws IOException {
        StringBuilder log = new StringBuilder();
        for (int i = 0; i < 3000; i++) {
            log.append(TIME).append("stdout P ").append("a".repeat(i % 70)).append('\n');
            log.append(TIME).append("stdout").append(" F end").append(i).append('\n');
        }
        write(log.toString());
        String all = read(LogOptions.ALL);

        for (long lines : List.of(0L, 1L, 2L, 700L, 2999L, 3000L, 5000L)) {
            String tail = read(LogOptions.ALL.withTail(lines));
            assertThat(tail.lines().count()).isEqualTo(Math.min(lines, 3000));
            assertThat(all).endsWith(tail);
        }
    }

    @Test
    void tailCountsOnlyTheWantedStreamAndAnUnfinishedLine() throws IOException {
        write(TIME + "stdout F 1\n" + TIME + "stderr F 2\n" + TIME + "stdout F 3\n" + TIME + "stderr F 4\n" + TIME
                + "stdout P 5\n" + TIME + "stdout P 5\n");

        assertThat(read(LogOptions.ALL.withStreams(Set.of(StreamType.STDERR)).withTail(1)))
                .isEqualTo("E:4\n");
        assertThat(read(LogOptions.ALL.withStreams(Set.of(StreamType.STDOUT)).withTail(2)))
                .isEqualTo("O:3\nO:5O:5");
    }

    @Test
    void sinkMayWriteItsFrameBeforeTheText() throws IOException {
        write("2024-02-29T23:59:59Z stdout F a\n" + TIME + "stderr F b\n");
        ByteArrayOutputStream framed = new ByteArrayOutputStream();
        LogSink sink = new LogSink() {
            @Override
            public void line(StreamType stream, ByteBuffer bytes) {
                int length = bytes.remaining();
                bytes.position(bytes.position() - HEADROOM);
                int start = bytes.position();
                bytes.putLong(start, stream == StreamType.STDOUT ? 1L << 56 | length : 2L << 56 | length);
                framed.write(bytes.array(), bytes.arrayOffset() + start, bytes.remaining());
            }

            @Override
            public void flush() {}
        };

        new LogReader(new ContainerLog(file, LogLimits.NONE)).read(LogOptions.ALL.withTimestamps(), sink, NEVER, NEVER);

        String[] lines = framed.toString(ISO_8859_1).split("\n", -1);
        assertThat(lines[0].substring(8)).isEqualTo("2024-02-29T23:59:59.000000000Z a");
        assertThat(lines[1].substring(8)).isEqualTo("2026-11-23T12:00:00.123456789Z b");
        assertThat(lines[0].substring(0, 8).chars()).containsExactly(1, 0, 0, 0, 0, 0, 0, lines[0].length() - 7);
        assertThat(lines[1].substring(0, 8).chars()).containsExactly(2, 0, 0, 0, 0, 0, 0, lines[1].length() - 7);
    }

    @Test
    void whateverTheBytesAreNothingBreaks() throws IOException {
        Random random = new Random(7);
        String valid = TIME + "stdout F some text\n" + TIME + "stderr P part\n2024-02-29T23:59:59Z stdout F z\n";
        for (int round = 0; round < 300; round++) {
            byte[] bytes = valid.repeat(1 + random.nextInt(3)).getBytes(UTF_8);
            int changes = random.nextInt(12);
            for (int i = 0; i < changes; i++) {
                bytes[random.nextInt(bytes.length)] = (byte) (random.nextBoolean() ? random.nextInt(256) : '\n');
            }
            Files.write(file, bytes);
            LogOptions options = LogOptions.ALL.withTimestamps();
            String all = read(options.withSince(Instant.EPOCH));
            assertThat(all.length()).isLessThanOrEqualTo(4 * bytes.length);
            assertThat(read(LogOptions.ALL)).endsWith(read(LogOptions.ALL.withTail(1 + random.nextInt(4))));
        }
    }

    @Test
    void anySplitOfTheFileGivesTheSameLines() throws IOException {
        Random random = new Random(11);
        StringBuilder log = new StringBuilder();
        StringBuilder expected = new StringBuilder();
        while (log.length() < 3 * LineScanner.BLOCK) {
            String text = "y".repeat(random.nextInt(9000));
            log.append(TIME).append("stdout F ").append(text).append('\n');
            expected.append("O:").append(text).append('\n');
        }
        write(log.toString());

        assertThat(read(LogOptions.ALL)).isEqualTo(expected.toString());
    }

    @Test
    void followingDeliversAllUpToTheEndAndThenReturns() throws Exception {
        write(TIME + "stdout F 0\n");
        CompletableFuture<Void> ended = new CompletableFuture<>();
        Collector collector = new Collector();
        Thread reader = follow(collector, ended, NEVER);
        for (int i = 1; i < 500; i++) {
            append(TIME + "stdout F " + i + "\n");
        }
        Awaitility.await().until(() -> collector.text().contains("O:499\n"));
        append(TIME + "stdout F la");
        append("st\n");
        ended.complete(null);

        reader.join(TimeUnit.SECONDS.toMillis(10));
        assertThat(reader.isAlive()).isFalse();
        assertThat(collector.text()).endsWith("O:499\nO:last\n");
        assertThat(collector.text().lines().count()).isEqualTo(501);
    }

    @Test
    void followingGoesOnAfterTruncationAndReplacement() throws Exception {
        write(TIME + "stdout F before, long enough to be longer than after\n");
        CompletableFuture<Void> ended = new CompletableFuture<>();
        Collector collector = new Collector();
        Thread reader = follow(collector, ended, NEVER);
        Awaitility.await().until(() -> collector.text().contains("before"));
        write(TIME + "stdout F truncated\n");
        Awaitility.await().until(() -> collector.text().contains("truncated"));
        Path next = directory.resolve("ctr.log.tmp");
        Files.writeString(next, TIME + "stdout F replaced\n");
        append(TIME + "stdout F last of the old\n");
        Files.move(next, file, StandardCopyOption.ATOMIC_MOVE);
        Awaitility.await().until(() -> collector.text().contains("replaced"));
        append(TIME + "stdout F more\n");
        ended.complete(null);

        reader.join(TimeUnit.SECONDS.toMillis(10));
        assertThat(reader.isAlive()).isFalse();
        assertThat(collector.text()).endsWith("O:truncated\nO:last of the old\nO:replaced\nO:more\n");
    }

    @Test
    void followingEndsWhenCancelledAndStartsBeforeTheLogDoes() throws Exception {
        CompletableFuture<Void> cancelled = new CompletableFuture<>();
        Collector collector = new Collector();
        Thread reader = follow(collector, NEVER, cancelled);
        write(TIME + "stdout F first\n");
        Awaitility.await().until(() -> collector.text().contains("first"));
        cancelled.complete(null);

        reader.join(TimeUnit.SECONDS.toMillis(10));
        assertThat(reader.isAlive()).isFalse();
    }

    private Thread follow(Collector collector, CompletableFuture<?> ended, CompletableFuture<?> cancelled) {
        Thread thread = new Thread(() -> new LogReader(new ContainerLog(file, LogLimits.NONE))
                .read(LogOptions.ALL.following(), collector, ended, cancelled));
        thread.start();
        return thread;
    }

    private String read(LogOptions options) {
        Collector collector = new Collector();
        new LogReader(new ContainerLog(file, LogLimits.NONE)).read(options, collector, NEVER, NEVER);
        return collector.text();
    }

    private void write(String text) throws IOException {
        Files.writeString(file, text);
    }

    private void append(String text) throws IOException {
        Files.writeString(file, text, StandardOpenOption.APPEND);
    }

    /** Keeps what it gets as text: {@code O:} and {@code E:} before the lines of the streams. */
    private static final class Collector implements LogSink {
        private final List<String> lines = new ArrayList<>();

        @Override
        public synchronized void line(StreamType stream, ByteBuffer bytes) {
            lines.add((stream == StreamType.STDOUT ? "O:" : "E:") + UTF_8.decode(bytes.duplicate()));
        }

        @Override
        public void flush() {}

        synchronized String text() {
            return String.join("", lines);
        }
    }
}
