package dev.gantry.daemon.api.docker.container;

import dev.gantry.api.ContainerTop;
import dev.gantry.daemon.api.wire.Endpoints;
import dev.gantry.daemon.api.wire.Exchange;
import dev.gantry.daemon.api.wire.Router;
import dev.gantry.daemon.service.container.ContainerService;
import dev.gantry.daemon.service.process.ProcessList;
import dev.gantry.daemon.service.process.ProcessService;
import java.io.IOException;

/** The operation that lists the processes of a container. */
final class TopEndpoints implements Endpoints {

    private final ProcessService processes;

    TopEndpoints(ContainerService containers) {
        this.processes = new ProcessService(containers);
    }

    @Override
    public void register(Router router) {
        router.get("/containers/{id}/top", this::top);
    }

    private void top(Exchange exchange) throws IOException {
        ProcessList list =
                processes.list(exchange.variable("id"), exchange.query().text("ps_args"));
        exchange.json(200, new ContainerTop(list.rows(), list.titles()));
    }
}
