package dev.gantry.api;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.annotation.JsonSerialize;

/**
 * How the engine talks to registries.
 */
public record RegistryServiceConfig(
        @JsonProperty("InsecureRegistryCIDRs") List<String> insecureRegistryCIdRs,
        Map<String, IndexInfo> indexConfigs,
        @JsonSerialize(using = NullIfEmptySerializer.class) List<String> mirrors) {

    /** All values absent. */
    public static final RegistryServiceConfig EMPTY = new RegistryServiceConfig(List.of(), Map.of(), List.of());

    public RegistryServiceConfig {
        insecureRegistryCIdRs = Absent.list(insecureRegistryCIdRs);
        indexConfigs = Absent.map(indexConfigs);
        mirrors = Absent.list(mirrors);
    }
}
