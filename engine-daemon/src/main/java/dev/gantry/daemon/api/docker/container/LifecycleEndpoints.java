package dev.gantry.daemon.api.docker.container;

import dev.gantry.api.ContainerCreateRequest;
import dev.gantry.api.ContainerCreateResponse;
import dev.gantry.daemon.api.wire.Endpoints;
import dev.gantry.daemon.api.wire.Exchange;
import dev.gantry.daemon.api.wire.Query;
import dev.gantry.daemon.api.wire.Router;
import dev.gantry.daemon.service.container.ContainerService;
import dev.gantry.daemon.service.container.ContainerService.CreatedContainer;
import dev.gantry.daemon.service.container.ContainerService.RemoveOptions;
import dev.gantry.daemon.service.exec.ExecService;
import dev.gantry.daemon.type.EngineException;
import dev.gantry.daemon.type.Signal;
import dev.gantry.daemon.type.TerminalSize;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The operations that change where a container is in its life. */
public final class LifecycleEndpoints implements Endpoints {

    private final ContainerService containers;
    private final ExecService execs;

    public LifecycleEndpoints(ContainerService containers, ExecService execs) {
        this.containers = containers;
        this.execs = execs;
    }

    @Override
    public void register(Router router) {
        router.post("/containers/create", this::create)
                .post("/containers/{id}/start", this::start)
                .post("/containers/{id}/stop", this::stop)
                .post("/containers/{id}/restart", this::restart)
                .post("/containers/{id}/kill", this::kill)
                .post("/containers/{id}/pause", this::pause)
                .post("/containers/{id}/unpause", this::unpause)
                .post("/containers/{id}/rename", this::rename)
                .post("/containers/{id}/resize", this::resize)
                .delete("/containers/{id}", this::remove);
    }

    private void create(Exchange exchange) throws IOException {
        CreateByVersion.Adapted adapted =
                CreateByVersion.adapt(exchange.body(ContainerCreateRequest.class), exchange.apiVersion());
        CreatedContainer created = containers.create(CreateRequestReader.read(
                exchange.query().find("name"), adapted.body(), containers.logs().defaults()));
        List<String> warnings = new ArrayList<>(created.warnings());
        warnings.addAll(adapted.warnings());
        exchange.json(201, new ContainerCreateResponse(created.id().value(), warnings));
    }

    private void start(Exchange exchange) {
        containers.start(exchange.variable("id"));
        exchange.noContent();
    }

    private void stop(Exchange exchange) {
        containers.stop(exchange.variable("id"), signal(exchange.query()), timeout(exchange.query()));
        exchange.noContent();
    }

    private void restart(Exchange exchange) {
        containers.restart(exchange.variable("id"), signal(exchange.query()), timeout(exchange.query()));
        exchange.noContent();
    }

    private void kill(Exchange exchange) {
        String id = exchange.variable("id");
        try {
            containers.kill(id, signal(exchange.query()).orElse(Signal.KILL));
        } catch (EngineException e) {
            // compat: docker's text
            throw new EngineException(e.kind(), "cannot kill container: " + id + ": " + e.getMessage(), e);
        }
        exchange.noContent();
    }

    private static Optional<Signal> signal(Query query) {
        return query.find("signal").filter(s -> !s.isEmpty()).map(Signal::parse);
    }

    private static Optional<Duration> timeout(Query query) {
        return query.find("t").filter(t -> !t.isEmpty()).map(t -> Duration.ofSeconds(query.integer("t", 0)));
    }

    private void pause(Exchange exchange) {
        containers.pause(exchange.variable("id"));
        exchange.noContent();
    }

    private void unpause(Exchange exchange) {
        containers.unpause(exchange.variable("id"));
        exchange.noContent();
    }

    private void rename(Exchange exchange) {
        containers.rename(exchange.variable("id"), exchange.query().text("name"));
        exchange.noContent();
    }

    private void resize(Exchange exchange) {
        containers.resize(exchange.variable("id"), size(exchange.query()));
        exchange.status(200);
    }

    static TerminalSize size(Query query) {
        try {
            return new TerminalSize(query.integer("h", 0), query.integer("w", 0));
        } catch (IllegalArgumentException e) {
            throw new EngineException(EngineException.Kind.INVALID, String.valueOf(e.getMessage()), e);
        }
    }

    /** Names of links have a container's before them: {@code container/alias}. */
    private void removeLink(String name) {
        containers.get(name);
        // compat: docker's text
        throw EngineException.conflict("Conflict, cannot remove the default link name of the container");
    }

    private void remove(Exchange exchange) {
        Query query = exchange.query();
        if (query.flag("link")) {
            removeLink(exchange.variable("id"));
        }
        String id = containers.get(exchange.variable("id")).id().value();
        containers.remove(id, new RemoveOptions(query.flag("force"), query.flag("v")));
        execs.forget(id);
        exchange.noContent();
    }
}
