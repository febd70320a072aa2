package dev.gantry.daemon.api.docker.container;

import dev.gantry.daemon.api.wire.ByteOutput;
import dev.gantry.daemon.api.wire.ChunkedStream;
import dev.gantry.daemon.api.wire.ClientGoneException;
import dev.gantry.daemon.api.wire.Exchange;
import dev.gantry.daemon.api.wire.FrameWriter;
import dev.gantry.daemon.api.wire.Query;
import dev.gantry.daemon.runtime.log.LogOptions;
import dev.gantry.daemon.runtime.log.LogReader;
import dev.gantry.daemon.runtime.log.LogSink;
import dev.gantry.daemon.service.container.ContainerRecord;
import dev.gantry.daemon.service.container.ContainerService;
import dev.gantry.daemon.service.container.WaitCondition;
import dev.gantry.daemon.type.EngineException;
import dev.gantry.daemon.type.StreamType;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/** Sends containers' logs to clients. */
final class LogStreams {

    private static final String MULTIPLEXED = "application/vnd.docker.multiplexed-stream";
    private static final String RAW = "application/vnd.docker.raw-stream";

    private final ContainerService containers;

    LogStreams(ContainerService containers) {
        this.containers = containers;
    }

    /** Answers a request for a log, to its end or for as long as the container and the client last. */
    void serve(Exchange exchange, ContainerRecord record) throws IOException {
        Query query = exchange.query();
        StreamChoice choice = StreamChoice.of(query);
        if (!choice.stdout() && !choice.stderr()) {
            // compat: docker's text
            throw EngineException.invalid("Bad parameters: you must choose at least one stream");
        }
        LogOptions options = options(query, choice);
        boolean terminal = record.config().streams().terminal();
        boolean framed = !terminal && exchange.apiVersion().atLeast(1, 42);
        CompletableFuture<Void> gone = new CompletableFuture<>();
        try (ChunkedStream client = exchange.stream(framed ? MULTIPLEXED : RAW)) {
            client.onClientGone(() -> gone.complete(null));
            read(record, options, frames(terminal, client), gone);
        } catch (ClientGoneException e) {
            return;
        }
    }

    /** Sends what was written up to now, before a client is attached. */
    void replay(ContainerRecord record, StreamChoice choice, FrameWriter frames) throws IOException {
        read(record, LogOptions.ALL.withStreams(streams(choice)), frames, new CompletableFuture<>());
    }

    private static FrameWriter frames(boolean terminal, ByteOutput client) {
        return terminal ? FrameWriter.raw(client) : FrameWriter.framed(client);
    }

    private void read(ContainerRecord record, LogOptions options, FrameWriter frames, CompletableFuture<Void> gone)
            throws IOException {
        CompletableFuture<?> ended = containers.waitFor(record.id().value(), WaitCondition.AT_REST);
        try {
            new LogReader(containers.directories().log(record.id())).read(options, new Sink(frames), ended, gone);
            frames.flush();
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    private static LogOptions options(Query query, StreamChoice choice) {
        Optional<Instant> since = query.timestamp("since").filter(t -> t.isAfter(Instant.EPOCH));
        Optional<Instant> until = query.timestamp("until").filter(t -> t.isAfter(Instant.EPOCH));
        return new LogOptions(
                streams(choice),
                since,
                until,
                tail(query.text("tail")),
                query.flag("follow"),
                query.flag("timestamps"));
    }

    /** A number; anything else means all, as docker takes it. */
    private static Optional<Long> tail(String text) {
        try {
            long lines = Long.parseLong(text);
            return lines < 0 ? Optional.empty() : Optional.of(lines);
        } catch (NumberFormatException all) {
            return Optional.empty();
        }
    }

    private static Set<StreamType> streams(StreamChoice choice) {
        Set<StreamType> streams = EnumSet.noneOf(StreamType.class);
        if (choice.stdout()) {
            streams.add(StreamType.STDOUT);
        }
        if (choice.stderr()) {
            streams.add(StreamType.STDERR);
        }
        return streams;
    }

    private record Sink(FrameWriter frames) implements LogSink {

        @Override
        public void line(StreamType stream, ByteBuffer bytes) {
            try {
                frames.write(stream, bytes);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        @Override
        public void flush() {
            try {
                frames.flush();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
