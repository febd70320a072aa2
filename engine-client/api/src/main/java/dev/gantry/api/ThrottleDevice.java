package dev.gantry.api;

/**
 * The rate limit of a device, in bytes or operations per second.
 */
public record ThrottleDevice(String path, long rate) {

    public ThrottleDevice {
        path = Absent.text(path);
    }
}
