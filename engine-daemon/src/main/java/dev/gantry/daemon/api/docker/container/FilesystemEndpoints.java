package dev.gantry.daemon.api.docker.container;

import dev.gantry.api.ContainerChange;
import dev.gantry.daemon.api.wire.ChunkedStream;
import dev.gantry.daemon.api.wire.Endpoints;
import dev.gantry.daemon.api.wire.Exchange;
import dev.gantry.daemon.api.wire.Router;
import dev.gantry.daemon.service.archive.TreeChange;
import dev.gantry.daemon.service.container.ContainerService;
import dev.gantry.daemon.service.filesystem.FilesystemService;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** The operations that show a container's root file system as a whole: its changes, an archive of it. */
final class FilesystemEndpoints implements Endpoints {

    private final ContainerService containers;
    private final FilesystemService filesystems;

    FilesystemEndpoints(ContainerService containers, FilesystemService filesystems) {
        this.containers = containers;
        this.filesystems = filesystems;
    }

    @Override
    public void register(Router router) {
        router.get("/containers/{id}/changes", this::changes).get("/containers/{id}/export", this::export);
    }

    private void changes(Exchange exchange) throws IOException {
        List<ContainerChange> changes = filesystems.changes(exchange.variable("id")).stream()
                .map(FilesystemEndpoints::view)
                .toList();
        exchange.json(200, changes);
    }

    private static ContainerChange view(TreeChange change) {
        String path = new String(change.path().getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8);
        return new ContainerChange(path, kind(change.kind()));
    }

    private static int kind(TreeChange.Kind kind) {
        return switch (kind) {
            case MODIFIED -> ContainerChange.MODIFIED;
            case ADDED -> ContainerChange.ADDED;
            case DELETED -> ContainerChange.DELETED;
        };
    }

    private void export(Exchange exchange) throws IOException {
        String id = containers.get(exchange.variable("id")).id().value();
        // not in the try: a failure must end the answer in the middle, so that the client notices
        ChunkedStream client = exchange.stream("application/octet-stream");
        filesystems.export(id, client.output());
        client.close();
    }
}
