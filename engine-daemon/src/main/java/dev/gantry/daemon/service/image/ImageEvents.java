package dev.gantry.daemon.service.image;

import dev.gantry.daemon.service.event.EngineEvent;
import dev.gantry.daemon.service.event.EventBus;
import dev.gantry.registry.ImageReference;
import java.time.Clock;
import java.util.HashMap;
import java.util.Map;

/** Says on the event bus what happens to images. */
final class ImageEvents {

    private static final String TYPE = "image";

    private final EventBus bus;
    private final Clock clock;

    ImageEvents(EventBus bus, Clock clock) {
        this.bus = bus;
        this.clock = clock;
    }

    /** compat: docker names the subject of a pull by its name, of everything else by the id. */
    void pulled(Image image, ImageReference reference) {
        publish(image, "pull", reference.familiar(), reference.familiarName());
    }

    void tagged(Image image, ImageReference reference) {
        publish(image, "tag", image.id().toString(), reference.familiar());
    }

    void loaded(Image image) {
        publish(image, "load", image.id().toString(), image.id().toString());
    }

    void imported(Image image) {
        publish(image, "import", image.id().toString(), image.id().toString());
    }

    void untagged(Image image) {
        publish(image, "untag", image.id().toString(), image.id().toString());
    }

    void deleted(Image image) {
        publish(image, "delete", image.id().toString(), image.id().toString());
    }

    private void publish(Image image, String action, String subject, String name) {
        Map<String, String> attributes = new HashMap<>(image.config().labels());
        attributes.put("name", name);
        bus.publish(new EngineEvent(TYPE, action, subject, attributes, clock.instant()));
    }
}
