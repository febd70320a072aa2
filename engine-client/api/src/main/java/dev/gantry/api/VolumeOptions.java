package dev.gantry.api;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Options of a volume mount.
 */
public record VolumeOptions(
        @OmitEmpty boolean noCopy,
        @OmitEmpty Map<String, String> labels,
        @OmitEmpty String subpath,
        @OmitNull @Nullable DriverConfig driverConfig) {

    public VolumeOptions {
        labels = Absent.texts(labels);
        subpath = Absent.text(subpath);
    }
}
