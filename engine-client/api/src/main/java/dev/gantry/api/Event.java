package dev.gantry.api;

import com.fasterxml.jackson.annotation.JsonProperty;

/**
 * Something that happened in the engine. The lower-case status, id and from are for old clients.
 *
 * @param time seconds since the epoch
 */
public record Event(
        @JsonProperty("status") @OmitEmpty String status,
        @JsonProperty("id") @OmitEmpty String id,
        @JsonProperty("from") @OmitEmpty String from,
        String type,
        String action,
        EventActor actor,
        @JsonProperty("scope") @OmitEmpty String scope,
        @JsonProperty("time") @OmitEmpty long time,
        @JsonProperty("timeNano") @OmitEmpty long timeNano) {

    public Event {
        status = Absent.text(status);
        id = Absent.text(id);
        from = Absent.text(from);
        type = Absent.text(type);
        action = Absent.text(action);
        scope = Absent.text(scope);
        actor = actor == null ? EventActor.EMPTY : actor;
    }
}
