package dev.gantry.daemon.api.docker.container;

import dev.gantry.daemon.api.wire.Endpoints;
import dev.gantry.daemon.api.wire.Exchange;
import dev.gantry.daemon.api.wire.FrameWriter;
import dev.gantry.daemon.api.wire.Query;
import dev.gantry.daemon.api.wire.Router;
import dev.gantry.daemon.api.wire.WebSocket;
import dev.gantry.daemon.runtime.Attachment;
import dev.gantry.daemon.service.container.ContainerRecord;
import dev.gantry.daemon.service.container.ContainerService;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;

/** Attaches browsers and other WebSocket clients to a container: both outputs in one, as they come. */
final class WebSocketAttach implements Endpoints {

    private final ContainerService containers;
    private final LogStreams logs;

    WebSocketAttach(ContainerService containers, LogStreams logs) {
        this.containers = containers;
        this.logs = logs;
    }

    @Override
    public void register(Router router) {
        router.get("/containers/{id}/attach/ws", this::attach);
    }

    private void attach(Exchange exchange) throws IOException, InterruptedException {
        Query query = exchange.query();
        ContainerRecord record = containers.get(exchange.variable("id"));
        DetachKeys keys = DetachKeys.parse(query.text("detachKeys"));
        // compat: before 1.42 a WebSocket had all streams, whatever was asked for
        boolean chooses = exchange.apiVersion().atLeast(1, 42);
        StreamChoice choice = chooses ? StreamChoice.of(query) : new StreamChoice(true, true);
        boolean stdin =
                (!chooses || query.flag("stdin")) && record.config().streams().openStdin();
        boolean live = query.flag("stream");
        WebSocket.Kind kind = exchange.apiVersion().atLeast(1, 28) ? WebSocket.Kind.BINARY : WebSocket.Kind.TEXT;
        exchange.requireWebSocket();
        CompletableFuture<Attachment> connecting =
                live ? containers.attach(record.id().value(), stdin) : new CompletableFuture<>();
        try (WebSocket client = exchange.webSocket(kind)) {
            FrameWriter frames = FrameWriter.raw(client);
            if (query.flag("logs")) {
                logs.replay(record, choice, frames);
            }
            if (live) {
                client.onClientGone(() -> connecting.cancel(false));
                boolean terminal = record.config().streams().terminal();
                StreamPump pump = new StreamPump(client, frames, choice, terminal ? keys : DetachKeys.NONE);
                // read in any case: pings and closes come that way; an attachment without input drops the rest
                StreamEndpoints.pump(connecting, client, pump, true);
            }
        } finally {
            CompletableFuture<Void> unused = connecting.thenAccept(Attachment::close);
        }
    }
}
