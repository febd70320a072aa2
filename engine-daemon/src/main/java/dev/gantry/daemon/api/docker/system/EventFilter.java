package dev.gantry.daemon.api.docker.system;

import dev.gantry.daemon.api.wire.Filters;
import dev.gantry.daemon.service.event.EngineEvent;
import java.util.Map;
import java.util.Set;

/** Whether an event is among those a client asked for. */
final class EventFilter {

    private static final Set<String> NOUNS = Set.of(
            "container", "image", "network", "volume", "daemon", "plugin", "config", "node", "secret", "service");

    private final Filters filters;

    EventFilter(Filters filters) {
        this.filters = filters;
    }

    boolean matches(EngineEvent event) {
        return matchesAction(event.action())
                && filters.matchesExactly("type", event.type())
                && filters.matchesExactly("scope", "local")
                && filters.matchesLabels("label", event.attributes())
                && matchesActor(event);
    }

    /** compat: {@code exec_create} stands for {@code exec_create: sh}, {@code health_status} likewise. */
    private boolean matchesAction(String action) {
        int colon = action.indexOf(':');
        return filters.matchesExactly("event", action)
                || (colon > 0 && filters.matchesExactly("event", action.substring(0, colon)));
    }

    private boolean matchesActor(EngineEvent event) {
        for (String noun : NOUNS) {
            if (filters.has(noun) && !isNamed(noun, event)) {
                return false;
            }
        }
        return true;
    }

    private boolean isNamed(String noun, EngineEvent event) {
        Map<String, String> attributes = event.attributes();
        String name = attributes.getOrDefault("name", "");
        if (noun.equals("image")) {
            return isImage(event, event.type().equals("image") ? event.actorId() : attributes.getOrDefault("image", ""))
                    || (event.type().equals("image") && isImage(event, name));
        }
        if (!event.type().equals(noun)) {
            return false;
        }
        return filters.get(noun).stream()
                .anyMatch(wanted -> event.actorId().equals(wanted)
                        || name.startsWith(wanted)
                        || event.actorId().startsWith(wanted));
    }

    private boolean isImage(EngineEvent event, String reference) {
        if (!event.type().equals("image") && !event.type().equals("container")) {
            return false;
        }
        int tag = reference.lastIndexOf(':');
        String withoutTag = tag > reference.lastIndexOf('/') ? reference.substring(0, tag) : reference;
        return filters.get("image").contains(reference) || filters.get("image").contains(withoutTag);
    }
}
