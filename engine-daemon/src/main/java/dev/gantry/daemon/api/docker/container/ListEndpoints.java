package dev.gantry.daemon.api.docker.container;

import dev.gantry.api.ContainerSummary;
import dev.gantry.daemon.api.wire.Endpoints;
import dev.gantry.daemon.api.wire.Exchange;
import dev.gantry.daemon.api.wire.Query;
import dev.gantry.daemon.api.wire.Router;
import dev.gantry.daemon.service.container.ContainerRecord;
import dev.gantry.daemon.service.container.ContainerService;
import dev.gantry.daemon.service.health.Health;
import dev.gantry.daemon.store.snapshot.SnapshotStore;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** The operations that show containers. */
public final class ListEndpoints implements Endpoints {

    /** What lists and inspections want to know of images. */
    public interface ImageNames {

        /** The name a container's image goes by, or its id where the name means another image by now. */
        String shownFor(ContainerRecord record);

        /** The size of an image's file system in bytes. */
        long sizeOf(ContainerRecord record);

        /** Whether a container comes from an image, named or by id, or from one made of it. */
        boolean isAncestor(String image, ContainerRecord record);
    }

    private final ContainerService containers;
    private final ContainerViews views;
    private final SnapshotStore snapshots;
    private final ImageNames images;
    private final NetworkViews networks;
    private final Function<ContainerRecord, Optional<Health>> health;

    ListEndpoints(
            ContainerService containers,
            ContainerViews views,
            SnapshotStore snapshots,
            ImageNames images,
            NetworkViews networks,
            Function<ContainerRecord, Optional<Health>> health) {
        this.containers = containers;
        this.views = views;
        this.snapshots = snapshots;
        this.images = images;
        this.networks = networks;
        this.health = health;
    }

    @Override
    public void register(Router router) {
        router.get("/containers/json", this::list).get("/containers/{id:.*}/json", this::inspect);
    }

    private void list(Exchange exchange) throws IOException {
        Query query = exchange.query();
        ContainerFilter filter =
                ContainerFilter.of(query.filters(ContainerFilter.KEYS), containers, images, networks, health);
        int limit = query.integer("limit", 0);
        boolean all = query.flag("all") || limit > 0 || filter.saysWhichStates();
        boolean sized = query.flag("size");
        List<ContainerSummary> answer = containers.list().stream()
                .filter(r -> all || r.state().up())
                .filter(filter::matches)
                .limit(limit > 0 ? limit : Long.MAX_VALUE)
                .map(r -> views.summary(r, images.shownFor(r), sizes(r, sized)))
                .toList();
        exchange.json(200, answer);
    }

    private void inspect(Exchange exchange) throws IOException {
        ContainerRecord record = containers.get(exchange.variable("id"));
        exchange.json(200, views.inspect(record, sizes(record, exchange.query().flag("size"))));
    }

    /** Sizes only where they are asked for, as they cost a walk of the file tree. */
    private Optional<ContainerViews.Sizes> sizes(ContainerRecord record, boolean asked) {
        if (!asked) {
            return Optional.empty();
        }
        long written = snapshots.size(record.id());
        return Optional.of(new ContainerViews.Sizes(written, written + images.sizeOf(record)));
    }
}
