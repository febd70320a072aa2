package dev.gantry.api;

import java.util.Map;

/**
 * A volume to be made; without a name it gets one.
 */
public record VolumeCreateRequest(
        @OmitEmpty String name,
        @OmitEmpty String driver,
        @OmitEmpty Map<String, String> driverOpts,
        @OmitEmpty Map<String, String> labels) {

    public VolumeCreateRequest {
        name = Absent.text(name);
        driver = Absent.text(driver);
        driverOpts = Absent.texts(driverOpts);
        labels = Absent.texts(labels);
    }
}
