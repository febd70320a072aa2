package dev.gantry.api;

import java.util.Map;
import tools.jackson.databind.annotation.JsonSerialize;

/**
 * How a root file system is stored.
 */
public record GraphDriver(
        @JsonSerialize(using = NullIfEmptySerializer.class) Map<String, String> data, String name) {

    /** All values absent. */
    public static final GraphDriver EMPTY = new GraphDriver(Map.of(), "");

    public GraphDriver {
        data = Absent.texts(data);
        name = Absent.text(name);
    }
}
