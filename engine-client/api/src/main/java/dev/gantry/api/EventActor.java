package dev.gantry.api;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Map;

/**
 * What an event is about.
 */
public record EventActor(@JsonProperty("ID") String id, Map<String, String> attributes) {

    /** All values absent. */
    public static final EventActor EMPTY = new EventActor("", Map.of());

    public EventActor {
        id = Absent.text(id);
        attributes = Absent.texts(attributes);
    }
}
