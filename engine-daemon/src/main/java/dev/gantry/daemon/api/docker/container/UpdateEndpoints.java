package dev.gantry.daemon.api.docker.container;

import dev.gantry.api.ContainerUpdateResponse;
import dev.gantry.api.HostConfig;
import dev.gantry.daemon.api.wire.Endpoints;
import dev.gantry.daemon.api.wire.Exchange;
import dev.gantry.daemon.api.wire.Router;
import dev.gantry.daemon.service.container.ContainerService;
import java.io.IOException;

/** The operation that changes the resources of a container. */
final class UpdateEndpoints implements Endpoints {

    private final ContainerService containers;

    UpdateEndpoints(ContainerService containers) {
        this.containers = containers;
    }

    @Override
    public void register(Router router) {
        router.post("/containers/{id}/update", this::update);
    }

    private void update(Exchange exchange) throws IOException {
        String reference = exchange.variable("id");
        HostConfig body = exchange.optionalBody(HostConfig.class).orElse(HostConfig.EMPTY);
        containers.get(reference);
        UpdateReader request = UpdateReader.of(body, containers.limitsSupport());
        containers.update(reference, request::applyTo);
        exchange.json(200, new ContainerUpdateResponse(request.warnings()));
    }
}
