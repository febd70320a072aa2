package dev.gantry.daemon.service.container;

import dev.gantry.daemon.network.Endpoint;
import dev.gantry.daemon.service.event.EngineEvent;
import dev.gantry.daemon.service.event.EventBus;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Clock;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/** Says on the event bus what happens to containers. */
public final class ContainerEvents {

    private static final String CONTAINER = "container";
    private static final String NETWORK = "network";

    private static final Logger LOG = System.getLogger(ContainerEvents.class.getName());

    /** The changes of state, one line of the log for each. */
    private static final Set<String> LOGGED =
            Set.of("create", "start", "die", "oom", "rename", "destroy", "pause", "unpause");

    private final EventBus bus;
    private final Clock clock;

    public ContainerEvents(EventBus bus, Clock clock) {
        this.bus = bus;
        this.clock = clock;
    }

    /** Publishes an action of a container. */
    public void publish(ContainerRecord record, String action) {
        publish(record, action, Map.of());
    }

    /** Publishes an action of a container with attributes beside its image, name and labels. */
    public void publish(ContainerRecord record, String action, Map<String, String> more) {
        Map<String, String> attributes = new HashMap<>(record.config().labels());
        attributes.put("image", record.config().imageName());
        attributes.put("name", record.name());
        attributes.putAll(more);
        if (LOGGED.contains(action)) {
            String code = more.containsKey("exitCode") ? " exitCode=" + more.get("exitCode") : "";
            LOG.log(
                    Level.INFO,
                    "container {0} container={1} name={2}{3}",
                    action,
                    record.id().shortForm(),
                    record.name(),
                    code);
        }
        bus.publish(new EngineEvent(CONTAINER, action, record.id().value(), attributes, clock.instant()));
    }

    /** Publishes that stopped containers were removed. */
    void publishPrune(long bytes) {
        bus.publish(
                new EngineEvent(CONTAINER, "prune", "", Map.of("reclaimed", Long.toString(bytes)), clock.instant()));
    }

    /** Publishes that a container joined or left a network. */
    void publishNetwork(ContainerRecord record, Endpoint endpoint, String networkId, String action) {
        Map<String, String> attributes =
                Map.of("container", record.id().value(), "name", endpoint.network(), "type", "bridge");
        bus.publish(new EngineEvent(NETWORK, action, networkId, attributes, clock.instant()));
    }
}
