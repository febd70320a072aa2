package dev.gantry.api;

import com.fasterxml.jackson.annotation.JsonProperty;

/**
 * A mount of a container as it is.
 */
public record MountPoint(
        @OmitEmpty String type,
        @OmitEmpty String name,
        String source,
        String destination,
        @OmitEmpty String driver,
        String mode,
        @JsonProperty("RW") boolean rw,
        String propagation) {

    public MountPoint {
        type = Absent.text(type);
        name = Absent.text(name);
        source = Absent.text(source);
        destination = Absent.text(destination);
        driver = Absent.text(driver);
        mode = Absent.text(mode);
        propagation = Absent.text(propagation);
    }
}
