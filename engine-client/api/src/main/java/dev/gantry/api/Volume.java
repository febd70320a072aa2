package dev.gantry.api;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.annotation.JsonSerialize;

/**
 * A volume.
 */
public record Volume(
        @OmitEmpty String createdAt,
        String driver,
        @JsonSerialize(using = NullIfEmptySerializer.class) Map<String, String> labels,
        String mountpoint,
        String name,
        @JsonSerialize(using = NullIfEmptySerializer.class) Map<String, String> options,
        String scope,
        @OmitEmpty Map<String, Object> status,
        @OmitNull @Nullable VolumeUsage usageData) {

    public Volume {
        createdAt = Absent.text(createdAt);
        driver = Absent.text(driver);
        labels = Absent.texts(labels);
        mountpoint = Absent.text(mountpoint);
        name = Absent.text(name);
        options = Absent.texts(options);
        scope = Absent.text(scope);
        status = Absent.map(status);
    }
}
