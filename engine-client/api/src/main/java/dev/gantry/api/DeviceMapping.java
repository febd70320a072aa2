package dev.gantry.api;

/**
 * A device of the host given to a container.
 *
 * @param cgroupPermissions letters of {@code rwm}
 */
public record DeviceMapping(String pathOnHost, String pathInContainer, String cgroupPermissions) {

    public DeviceMapping {
        pathOnHost = Absent.text(pathOnHost);
        pathInContainer = Absent.text(pathInContainer);
        cgroupPermissions = Absent.text(cgroupPermissions);
    }
}
