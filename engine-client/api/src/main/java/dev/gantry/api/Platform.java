package dev.gantry.api;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;

/**
 * An operating system and architecture of the OCI.
 */
public record Platform(
        @JsonProperty("architecture") String architecture,
        @JsonProperty("os") String os,
        @JsonProperty("os.version") @OmitEmpty String osVersion,
        @JsonProperty("os.features") @OmitEmpty List<String> osFeatures,
        @JsonProperty("variant") @OmitEmpty String variant) {

    public Platform {
        architecture = Absent.text(architecture);
        os = Absent.text(os);
        osVersion = Absent.text(osVersion);
        osFeatures = Absent.list(osFeatures);
        variant = Absent.text(variant);
    }
}
