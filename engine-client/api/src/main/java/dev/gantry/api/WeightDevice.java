package dev.gantry.api;

/**
 * The relative block I/O weight of a device.
 */
public record WeightDevice(String path, int weight) {

    public WeightDevice {
        path = Absent.text(path);
    }
}
