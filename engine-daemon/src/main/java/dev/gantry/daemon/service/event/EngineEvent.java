package dev.gantry.daemon.service.event;

import java.time.Instant;
import java.util.Map;

/**
 * Something happened to an object of the engine.
 *
 * @param type the object's noun: {@code container}, {@code image}, {@code network}, {@code volume}, {@code daemon}
 * @param action what happened: {@code start}, {@code die}, {@code exec_create: sh}
 * @param actorId the object's id, or its name where that is its identity
 * @param attributes facts about the object then, labels among them
 */
public record EngineEvent(String type, String action, String actorId, Map<String, String> attributes, Instant time) {

    public EngineEvent {
        if (type.isEmpty() || action.isEmpty()) {
            throw new IllegalArgumentException("An event needs a type and an action: " + type + " " + action);
        }
        attributes = Map.copyOf(attributes);
    }
}
