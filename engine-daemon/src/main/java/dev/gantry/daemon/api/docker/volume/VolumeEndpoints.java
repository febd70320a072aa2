package dev.gantry.daemon.api.docker.volume;

import dev.gantry.api.Volume;
import dev.gantry.api.VolumeCreateRequest;
import dev.gantry.api.VolumeListResponse;
import dev.gantry.daemon.api.wire.Endpoints;
import dev.gantry.daemon.api.wire.Exchange;
import dev.gantry.daemon.api.wire.Filters;
import dev.gantry.daemon.api.wire.Router;
import dev.gantry.daemon.service.volume.VolumeService;
import dev.gantry.daemon.type.EngineException;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The operations on volumes. */
public final class VolumeEndpoints implements Endpoints {

    private static final Set<String> FILTERS = Set.of("dangling", "driver", "label", "name");

    private final VolumeService volumes;

    public VolumeEndpoints(VolumeService volumes) {
        this.volumes = volumes;
    }

    @Override
    public void register(Router router) {
        router.get("/volumes", this::list)
                .post("/volumes/create", this::create)
                .get("/volumes/{name:.*}", this::inspect)
                .delete("/volumes/{name:.*}", this::remove);
    }

    private void list(Exchange exchange) throws IOException {
        Filters filters = exchange.query().filters(FILTERS);
        List<Volume> shown = volumes.list().stream()
                .filter(v -> matches(filters, v))
                .map(this::view)
                .toList();
        exchange.json(200, new VolumeListResponse(shown, List.of()));
    }

    private boolean matches(Filters filters, dev.gantry.daemon.store.volume.Volume volume) {
        boolean dangling =
                !filters.has("dangling") || filters.flag("dangling", true) == (volumes.useCount(volume.name()) == 0);
        return dangling
                && filters.matchesExactly("driver", "local")
                && filters.matchesLabels("label", volume.labels())
                && filters.matchesPart("name", volume.name());
    }

    private void create(Exchange exchange) throws IOException {
        VolumeCreateRequest body = exchange.optionalBody(VolumeCreateRequest.class)
                .orElseGet(() -> new VolumeCreateRequest("", "", Map.of(), Map.of()));
        if (!body.driver().isEmpty() && !body.driver().equals("local")) {
            // compat: docker's text
            throw EngineException.notFound("create " + body.name() + ": error looking up volume plugin " + body.driver()
                    + ": plugin \"" + body.driver() + "\" not found");
        }
        if (!body.driverOpts().isEmpty()) {
            throw EngineException.notImplemented("options of the local volume driver are not implemented yet");
        }
        Optional<String> name = body.name().isEmpty() ? Optional.empty() : Optional.of(body.name());
        exchange.json(201, view(volumes.create(name, body.labels(), body.driverOpts())));
    }

    private void inspect(Exchange exchange) throws IOException {
        exchange.json(200, view(volumes.get(exchange.variable("name"))));
    }

    private void remove(Exchange exchange) {
        String name = exchange.variable("name");
        try {
            volumes.remove(name);
        } catch (EngineException e) {
            boolean forcedAway = exchange.query().flag("force") && e.kind() == EngineException.Kind.NOT_FOUND;
            if (!forcedAway) {
                throw e;
            }
        }
        exchange.noContent();
    }

    private Volume view(dev.gantry.daemon.store.volume.Volume volume) {
        return new Volume(
                volume.created().toString(),
                "local",
                volume.labels(),
                volumes.path(volume.name()).toString(),
                volume.name(),
                volume.options(),
                "local",
                Map.of(),
                null);
    }
}
