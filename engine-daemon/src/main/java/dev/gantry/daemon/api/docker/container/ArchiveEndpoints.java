package dev.gantry.daemon.api.docker.container;

import dev.gantry.api.EngineJson;
import dev.gantry.daemon.api.wire.ChunkedStream;
import dev.gantry.daemon.api.wire.Endpoints;
import dev.gantry.daemon.api.wire.Exchange;
import dev.gantry.daemon.api.wire.Query;
import dev.gantry.daemon.api.wire.Router;
import dev.gantry.daemon.runtime.spec.ProcessSpec.ResolvedUser;
import dev.gantry.daemon.service.archive.ArchiveService;
import dev.gantry.daemon.service.archive.ArchiveService.Found;
import dev.gantry.daemon.service.archive.ContainerRoot;
import dev.gantry.daemon.service.archive.PathStatus;
import dev.gantry.daemon.service.container.ContainerRecord;
import dev.gantry.daemon.service.container.ContainerService;
import dev.gantry.daemon.store.layer.ArchiveExtraction.Conflict;
import dev.gantry.daemon.store.layer.ArchiveExtraction.Owner;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** The operations that carry files in and out of containers. */
final class ArchiveEndpoints implements Endpoints {

    private final ContainerService containers;
    private final ArchiveService archives = new ArchiveService();

    ArchiveEndpoints(ContainerService containers) {
        this.containers = containers;
    }

    @Override
    public void register(Router router) {
        router.head("/containers/{id}/archive", this::status)
                .get("/containers/{id}/archive", this::copyOut)
                .put("/containers/{id}/archive", this::copyIn);
    }

    private void status(Exchange exchange) {
        String reference = exchange.variable("id");
        Found found = containers.withRoot(
                reference,
                (record, root) -> archives.find(root, exchange.query().text("path"), reference));
        exchange.header("X-Docker-Container-Path-Stat", encoded(found.status()));
        exchange.status(200);
    }

    private void copyOut(Exchange exchange) throws IOException {
        String reference = exchange.variable("id");
        String path = exchange.query().text("path");
        try {
            containers.withRoot(reference, (record, root) -> {
                Found found = archives.find(root, path, reference);
                exchange.header("X-Docker-Container-Path-Stat", encoded(found.status()));
                try (ChunkedStream client = exchange.stream("application/x-tar")) {
                    archives.copyOut(root, found, client.output());
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
                publish(record, "archive-path", path);
                return found;
            });
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    private void copyIn(Exchange exchange) throws IOException {
        String reference = exchange.variable("id");
        Query query = exchange.query();
        String path = query.text("path");
        Conflict conflict = query.flag("noOverwriteDirNonDir") ? Conflict.REFUSE : Conflict.REPLACE;
        InputStream archive = exchange.bodyStream();
        containers.withRoot(reference, (record, root) -> {
            Optional<Owner> owner = query.flag("copyUIDGID") ? owner(record, root) : Optional.empty();
            archives.copyIn(root, path, reference, archive, conflict, owner);
            publish(record, "extract-to-dir", path);
            return record;
        });
        exchange.status(200);
    }

    private Optional<Owner> owner(ContainerRecord record, ContainerRoot root) {
        if (record.config().user().isEmpty()) {
            return Optional.empty();
        }
        ResolvedUser user = containers.userOf(record, root);
        return Optional.of(new Owner(user.uid(), user.gid()));
    }

    private void publish(ContainerRecord record, String action, String path) {
        containers.events().publish(record, action, Map.of("path", path));
    }

    /** The header is JSON in base 64 with the standard alphabet. */
    private static String encoded(PathStatus status) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("name", status.name());
        fields.put("size", status.size());
        fields.put("mode", status.mode());
        fields.put("mtime", status.modified().toString());
        fields.put("linkTarget", status.linkTarget());
        String json = EngineJson.mapper().writeValueAsString(fields);
        return Base64.getEncoder().encodeToString(json.getBytes(StandardCharsets.UTF_8));
    }
}
