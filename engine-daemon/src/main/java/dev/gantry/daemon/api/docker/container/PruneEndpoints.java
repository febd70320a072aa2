package dev.gantry.daemon.api.docker.container;

import dev.gantry.api.ContainerPruneResponse;
import dev.gantry.daemon.api.docker.PointInTime;
import dev.gantry.daemon.api.wire.Endpoints;
import dev.gantry.daemon.api.wire.Exchange;
import dev.gantry.daemon.api.wire.Filters;
import dev.gantry.daemon.api.wire.Router;
import dev.gantry.daemon.service.container.ContainerPrune;
import dev.gantry.daemon.service.container.ContainerRecord;
import dev.gantry.daemon.service.container.ContainerService;
import dev.gantry.daemon.service.exec.ExecService;
import dev.gantry.daemon.type.EngineException;
import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/** The operation that removes all containers that do not run. */
final class PruneEndpoints implements Endpoints {

    private static final Set<String> KEYS = Set.of("until", "label", "label!");

    private final ContainerService containers;
    private final ExecService execs;
    private final Clock clock;

    PruneEndpoints(ContainerService containers, ExecService execs, Clock clock) {
        this.containers = containers;
        this.execs = execs;
        this.clock = clock;
    }

    @Override
    public void register(Router router) {
        router.post("/containers/prune", this::prune);
    }

    private void prune(Exchange exchange) throws IOException {
        Filters filters = exchange.query().filters(KEYS);
        Optional<Instant> until = until(filters);
        Predicate<ContainerRecord> chosen =
                record -> until.filter(at -> !record.createdAt().isBefore(at)).isEmpty()
                        && filters.matchesLabels("label", record.config().labels())
                        && filters.matchesNoLabel("label!", record.config().labels());
        ContainerPrune.Pruned pruned = containers.prune(chosen);
        pruned.removed().forEach(id -> execs.forget(id.value()));
        exchange.json(
                200,
                new ContainerPruneResponse(
                        pruned.removed().stream().map(Object::toString).toList(), pruned.bytes()));
    }

    private Optional<Instant> until(Filters filters) {
        Set<String> values = filters.get("until");
        // compat: docker's texts
        if (values.size() > 1) {
            throw EngineException.invalid("more than one until filter specified");
        }
        return values.stream().findFirst().map(text -> {
            try {
                return PointInTime.parse(text, clock);
            } catch (EngineException e) {
                throw new EngineException(
                        EngineException.Kind.INVALID, "failed to parse value as time or duration: \"" + text + "\"", e);
            }
        });
    }
}
