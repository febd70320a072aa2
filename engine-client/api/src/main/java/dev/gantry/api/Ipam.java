package dev.gantry.api;

import java.util.List;
import java.util.Map;
import tools.jackson.databind.annotation.JsonSerialize;

/**
 * Where a network takes its addresses from.
 */
public record Ipam(
        String driver,
        @JsonSerialize(using = NullIfEmptySerializer.class) Map<String, String> options,
        List<IpamConfig> config) {

    /** All values absent. */
    public static final Ipam EMPTY = new Ipam("", Map.of(), List.of());

    public Ipam {
        driver = Absent.text(driver);
        options = Absent.texts(options);
        config = Absent.list(config);
    }
}
