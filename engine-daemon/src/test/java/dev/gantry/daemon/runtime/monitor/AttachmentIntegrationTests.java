package dev.gantry.daemon.runtime.monitor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.gantry.daemon.runtime.Attachment;
import dev.gantry.daemon.runtime.OutputSink;
import dev.gantry.daemon.runtime.Task;
import dev.gantry.daemon.runtime.TaskExit;
import dev.gantry.daemon.type.StreamType;
import dev.gantry.daemon.type.TerminalSize;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(RootOnly.class)
@TestInstance(Lifecycle.PER_CLASS)
class AttachmentIntegrationTests {

    private static final int MIB = 1024 * 1024;
    private static final Duration PATIENCE = Duration.ofSeconds(1);

    private RuntimeHost host;

    @BeforeAll
    void open() throws IOException {
        host = RuntimeHost.withCrun(
                new MonitorSettings(RuntimeHost.CONMON, Duration.ofMinutes(1), Duration.ofSeconds(30), PATIENCE));
    }

    @AfterAll
    void close() throws IOException {
        host.close();
    }

    private static TaskExit end(Task task) throws Exception {
        return task.exit().get(120, TimeUnit.SECONDS);
    }

    @Test
    void twoHundredMegabytesReachASlowReaderWhole() throws Exception {
        Task task = host.create(host.container("dd", "if=/dev/zero", "bs=1M", "count=200", "status=none"));
        Counting sink = new Counting(100);
        try (Attachment attachment = task.attach(false)) {
            Future<?> reading = host.executor().submit(() -> attachment.readOutput(sink));
            task.start();
            reading.get(120, TimeUnit.SECONDS);
        }
        assertThat(sink.bytes).isEqualTo(200L * MIB);
        assertThat(end(task).code()).isZero();
        task.delete();
    }

    @Test
    void largeInputComesBackWithItsDigest() throws Exception {
        Task task = host.create(host.container("cat").withStdin());
        Counting sink = new Counting(0);
        MessageDigest sent = MessageDigest.getInstance("SHA-256");
        try (Attachment attachment = task.attach(true)) {
            Future<?> reading = host.executor().submit(() -> attachment.readOutput(sink));
            task.start();
            Random random = new Random(1);
            byte[] piece = new byte[MIB + 13];
            for (int i = 0; i < 64; i++) {
                random.nextBytes(piece);
                sent.update(piece);
                attachment.writeInput(ByteBuffer.wrap(piece));
            }
            attachment.endInput();
            reading.get(120, TimeUnit.SECONDS);
        }
        assertThat(HexFormat.of().formatHex(sink.digest.digest()))
                .isEqualTo(HexFormat.of().formatHex(sent.digest()));
        assertThat(end(task).code()).isZero();
        task.delete();
    }

    @Test
    void twoAttachmentsBothSeeAllOutput() throws Exception {
        Task task = host.create(host.container("dd", "if=/dev/zero", "bs=1M", "count=20", "status=none"));
        Counting first = new Counting(0);
        Counting second = new Counting(200);
        try (Attachment one = task.attach(false);
                Attachment two = task.attach(false)) {
            Future<?> readingOne = host.executor().submit(() -> one.readOutput(first));
            Future<?> readingTwo = host.executor().submit(() -> two.readOutput(second));
            task.start();
            readingOne.get(60, TimeUnit.SECONDS);
            readingTwo.get(60, TimeUnit.SECONDS);
        }
        assertThat(first.bytes).isEqualTo(20L * MIB);
        assertThat(second.bytes).isEqualTo(20L * MIB);
        end(task);
        task.delete();
    }

    @Test
    void streamsAreToldApart() throws Exception {
        Task task = host.create(host.container("sh", "-c", "echo out; echo err >&2"));
        StringBuilder text = new StringBuilder();
        try (Attachment attachment = task.attach(false)) {
            task.start();
            attachment.readOutput(new OutputSink() {
                @Override
                public void write(StreamType stream, ByteBuffer bytes) {
                    text.append(stream).append(' ').append(StandardCharsets.UTF_8.decode(bytes));
                }

                @Override
                public void flush() {}
            });
        }
        assertThat(text.toString().lines()).containsExactlyInAnyOrder("STDOUT out", "STDERR err");
        end(task);
        task.delete();
    }

    @Test
    void closeFromAnotherThreadEndsReadAndWrite() throws Exception {
        Task task = host.run(host.container("sleep", "1000").withStdin());
        Attachment attachment = task.attach(true);
        Counting sink = new Counting(0);
        Future<?> reading = host.executor().submit(() -> attachment.readOutput(sink));
        CountDownLatch writing = new CountDownLatch(1);
        Future<?> write = host.executor().submit(() -> {
            writing.countDown();
            attachment.writeInput(ByteBuffer.allocate(16 * MIB));
        });
        assertThat(writing.await(10, TimeUnit.SECONDS)).isTrue();
        attachment.close();
        reading.get(10, TimeUnit.SECONDS);
        write.get(10, TimeUnit.SECONDS);
        task.delete();
    }

    @Test
    void closingAnAttachmentThatOnlyReadsLeavesInputOpen() throws Exception {
        Task task = host.create(
                host.container("sh", "-c", "read line; echo got $line").withStdin());
        Attachment onlyReads = task.attach(false);
        try (Reading reading = Reading.start(host.executor(), task.attach(true))) {
            task.start();
            onlyReads.close();
            reading.write("hello\n");
            assertThat(reading.text()).isEqualTo("got hello\n");
        }
        end(task);
        task.delete();
    }

    @Test
    void aReaderThatStoppedDoesNotKeepTheContainerFromEnding() throws Exception {
        Task task = host.create(host.container("sh", "-c", "dd if=/dev/zero bs=1M count=3 status=none & sleep 0.2"));
        try (Attachment stuck = task.attach(false)) {
            task.start();
            assertThat(task.exit().get(30, TimeUnit.SECONDS).code()).isZero();
            stuck.readOutput(new Counting(0));
        }
        task.delete();
    }

    @Test
    void terminalHasTheSizeItWasGiven() throws Exception {
        Task task = host.create(
                host.container("sh", "-c", "read line; stty size; exit 4").withTerminal());
        try (Reading reading = Reading.start(host.executor(), task.attach(true))) {
            task.start();
            task.resize(new TerminalSize(33, 101));
            await().untilAsserted(() -> assertThat(task.pid()).isPositive());
            reading.write("\n");
            assertThat(reading.text()).contains("33 101");
        }
        assertThat(end(task).code()).isEqualTo(4);
        task.delete();
    }

    @Test
    void endOfInputIsReadByTheProgramAndOutputGoesOn() throws Exception {
        Task task = host.create(host.container("sh", "-c", "cat; echo after").withStdin());
        try (Reading reading = Reading.start(host.executor(), task.attach(true))) {
            task.start();
            reading.write("before\n");
            reading.attachment().endInput();
            assertThat(reading.text()).isEqualTo("before\nafter\n");
        }
        end(task);
        task.delete();
    }

    /** Counts and digests, slowly where told to. */
    private static final class Counting implements OutputSink {
        private final MessageDigest digest;
        private final long pauseMicros;
        private volatile long bytes;

        Counting(long pauseMicros) throws Exception {
            this.digest = MessageDigest.getInstance("SHA-256");
            this.pauseMicros = pauseMicros;
        }

        @Override
        public synchronized void write(StreamType stream, ByteBuffer buffer) {
            bytes = bytes + buffer.remaining();
            digest.update(buffer);
            if (pauseMicros > 0) {
                LockSupport.parkNanos(TimeUnit.MICROSECONDS.toNanos(pauseMicros));
            }
        }

        @Override
        public void flush() {}
    }
}
