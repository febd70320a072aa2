package dev.gantry.daemon.api.docker.image;

import dev.gantry.daemon.api.docker.PointInTime;
import dev.gantry.daemon.api.wire.Endpoints;
import dev.gantry.daemon.api.wire.Exchange;
import dev.gantry.daemon.api.wire.Filters;
import dev.gantry.daemon.api.wire.Query;
import dev.gantry.daemon.api.wire.Router;
import dev.gantry.daemon.service.image.ImageFilter;
import dev.gantry.daemon.service.image.ImageService;
import dev.gantry.daemon.service.image.ImageSummary;
import dev.gantry.daemon.type.EngineException;
import java.io.IOException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** List, inspect, history, tag, removal, and the transfers of images. */
public final class ImageEndpoints implements Endpoints {

    private static final Set<String> LIST_FILTERS =
            Set.of("dangling", "label", "label!", "before", "since", "reference", "until");

    private final ImageService images;
    private final ImageTransfers transfers;
    private final Clock clock;

    public ImageEndpoints(ImageService images, Clock clock) {
        this.images = images;
        this.transfers = new ImageTransfers(images);
        this.clock = clock;
    }

    @Override
    public void register(Router router) {
        router.get("/images/json", this::list)
                .post("/images/create", transfers::create)
                .post("/images/load", transfers::load)
                .get("/images/{name:.*}/json", this::inspect)
                .get("/images/{name:.*}/history", this::history)
                .post("/images/{name:.*}/tag", this::tag)
                .delete("/images/{name:.*}", this::remove);
    }

    private void list(Exchange exchange) throws IOException {
        Query query = exchange.query();
        Filters filters = query.filters(LIST_FILTERS);
        List<String> references = new ArrayList<>(filters.get("reference"));
        // compat: clients of API 1.40 and before filter by name this way
        query.find("filter")
                .filter(name -> !name.isEmpty() && !exchange.apiVersion().atLeast(1, 41))
                .ifPresent(references::add);
        ImageFilter filter = new ImageFilter(
                references,
                List.copyOf(filters.get("label")),
                List.copyOf(filters.get("label!")),
                single(filters, "before"),
                single(filters, "since"),
                single(filters, "until").map(text -> PointInTime.parse(text, clock)),
                filters.has("dangling") ? Optional.of(filters.flag("dangling", false)) : Optional.empty());
        boolean counted = exchange.apiVersion().atLeast(1, 51);
        boolean shared = query.flag("shared-size");
        List<ImageSummary> shown = images.list(filter);
        exchange.json(
                200,
                shown.stream()
                        .map(image -> ImageViews.summary(image, counted, shared))
                        .toList());
    }

    private static Optional<String> single(Filters filters, String key) {
        Set<String> values = filters.get(key);
        if (values.size() > 1) {
            throw EngineException.invalid("invalid filter '" + key + "': only one is allowed");
        }
        return values.stream().findFirst();
    }

    private void inspect(Exchange exchange) throws IOException {
        refuse(exchange, "platform");
        ImageSummary image = images.inspect(exchange.variable("name"));
        exchange.json(200, ImageViews.inspect(image, images.directories(image.image())));
    }

    private void history(Exchange exchange) throws IOException {
        refuse(exchange, "platform");
        exchange.json(
                200,
                images.history(exchange.variable("name")).stream()
                        .map(ImageViews::historyItem)
                        .toList());
    }

    private void tag(Exchange exchange) {
        Query query = exchange.query();
        images.tag(exchange.variable("name"), ImageNames.reference(query.text("repo"), query.text("tag")));
        exchange.status(201);
    }

    private void remove(Exchange exchange) throws IOException {
        refuse(exchange, "platforms");
        String name = exchange.variable("name");
        boolean force = exchange.query().flag("force");
        exchange.json(200, ImageViews.removal(force ? images.forceRemove(name) : images.remove(name)));
    }

    /** Only the whole image of one platform is kept, so there is no other to choose. */
    static void refuse(Exchange exchange, String parameter) {
        if (!exchange.query().text(parameter).isEmpty()) {
            throw EngineException.notImplemented(
                    "The parameter " + parameter + " is not implemented: an image is kept for one platform");
        }
    }
}
