package dev.gantry.daemon.api.docker.container;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.gantry.api.WaitError;
import dev.gantry.api.WaitResponse;
import dev.gantry.daemon.api.wire.ChunkedStream;
import dev.gantry.daemon.api.wire.Conversation;
import dev.gantry.daemon.api.wire.Endpoints;
import dev.gantry.daemon.api.wire.Exchange;
import dev.gantry.daemon.api.wire.FrameWriter;
import dev.gantry.daemon.api.wire.Hijacked;
import dev.gantry.daemon.api.wire.Query;
import dev.gantry.daemon.api.wire.Router;
import dev.gantry.daemon.runtime.Attachment;
import dev.gantry.daemon.service.container.ContainerRecord;
import dev.gantry.daemon.service.container.ContainerService;
import dev.gantry.daemon.service.container.ExitStatus;
import dev.gantry.daemon.service.container.WaitCondition;
import dev.gantry.daemon.type.EngineException;
import java.io.IOException;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;

/** The operations whose answers last: wait, attach and logs. */
public final class StreamEndpoints implements Endpoints {

    private final ContainerService containers;
    private final LogStreams logs;

    StreamEndpoints(ContainerService containers, LogStreams logs) {
        this.containers = containers;
        this.logs = logs;
    }

    @Override
    public void register(Router router) {
        router.post("/containers/{id}/wait", this::await)
                .post("/containers/{id}/attach", this::attach)
                .get("/containers/{id}/logs", this::logs)
                .post("/containers/{id}/logs/prune", this::pruneLog);
    }

    private void await(Exchange exchange) throws IOException, InterruptedException {
        WaitCondition condition = condition(exchange.query().text("condition"));
        CompletableFuture<ExitStatus> exit = containers.waitFor(exchange.variable("id"), condition);
        if (exit.isDone()) {
            exchange.json(200, response(exit.join()));
            return;
        }
        // compat: the docker CLI registers its wait before the start and reads the headers at once
        try (ChunkedStream stream = exchange.stream("application/json")) {
            stream.onClientGone(() -> exit.cancel(false));
            stream.json(response(exit.get()));
        } catch (CancellationException clientGone) {
            return;
        } catch (ExecutionException e) {
            throw new IllegalStateException("The end of a container never fails", e);
        }
    }

    private static WaitCondition condition(String text) {
        return switch (text) {
            case "", "not-running" -> WaitCondition.NOT_RUNNING;
            case "next-exit" -> WaitCondition.NEXT_EXIT;
            case "removed" -> WaitCondition.REMOVED;
            default -> throw EngineException.invalid("invalid condition: \"" + text + "\"");
        };
    }

    private static WaitResponse response(ExitStatus exit) {
        return new WaitResponse(exit.code(), exit.error().isEmpty() ? null : new WaitError(exit.error()));
    }

    private void attach(Exchange exchange) throws IOException, InterruptedException {
        Query query = exchange.query();
        StreamChoice choice = StreamChoice.of(query);
        ContainerRecord record = containers.get(exchange.variable("id"));
        DetachKeys keys = DetachKeys.parse(query.text("detachKeys"));
        boolean terminal = record.config().streams().terminal();
        boolean stdin = query.flag("stdin") && record.config().streams().openStdin();
        boolean live = query.flag("stream");
        CompletableFuture<Attachment> connecting =
                live ? containers.attach(record.id().value(), stdin) : new CompletableFuture<>();
        try (Hijacked client = exchange.hijack(!terminal)) {
            FrameWriter frames = terminal ? FrameWriter.raw(client) : FrameWriter.framed(client);
            if (query.flag("logs")) {
                logs.replay(record, choice, frames);
            }
            if (live) {
                client.onClientGone(() -> connecting.cancel(false));
                pump(
                        connecting,
                        client,
                        new StreamPump(client, frames, choice, terminal ? keys : DetachKeys.NONE),
                        stdin);
            }
        } finally {
            CompletableFuture<Void> unused = connecting.thenAccept(Attachment::close);
        }
    }

    static void pump(CompletableFuture<Attachment> connecting, Conversation client, StreamPump pump, boolean stdin)
            throws IOException, InterruptedException {
        try {
            Attachment attachment = connecting.get();
            client.onClientGone(attachment::close);
            pump.run(attachment, stdin);
        } catch (CancellationException clientGone) {
            return;
        } catch (ExecutionException startFailed) {
            // the client learns the reason from its start request
            return;
        }
    }

    /** An extension: docker has no such operation. */
    private record PrunedLog(@JsonProperty("SpaceReclaimed") long spaceReclaimed) {}

    private void pruneLog(Exchange exchange) throws IOException {
        exchange.json(200, new PrunedLog(containers.pruneLog(exchange.variable("id"))));
    }

    private void logs(Exchange exchange) throws IOException, InterruptedException {
        logs.serve(exchange, containers.get(exchange.variable("id")));
    }
}
