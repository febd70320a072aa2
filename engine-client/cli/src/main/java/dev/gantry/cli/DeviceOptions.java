package dev.gantry.cli;

import static dev.gantry.cli.Verb.orEmpty;

import dev.gantry.cli.option.Option;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The options that give a container devices and limit what it may use of them. */
final class DeviceOptions {

    private static final Pattern DESCRIBED =
            Pattern.compile("[A-Za-z][A-Za-z0-9_.-]*/[A-Za-z][A-Za-z0-9_-]*=[A-Za-z0-9][A-Za-z0-9_.:-]*");

    @Option(names = "--device", description = "Add a host device to the container")
    @Nullable
    List<String> device;

    @Option(names = "--device-cgroup-rule", description = "Add a rule to the cgroup allowed devices list")
    @Nullable
    List<String> deviceCgroupRule;

    @Option(names = "--gpus", description = "GPU devices to add to the container ('all' to pass all GPUs)")
    @Nullable
    List<String> gpus;

    @Option(names = "--blkio-weight", description = "Block IO (relative weight), between 10 and 1000, or 0 to disable")
    int blkioWeight;

    @Option(names = "--blkio-weight-device", description = "Block IO weight (relative device weight)")
    @Nullable
    List<String> blkioWeightDevice;

    @Option(names = "--device-read-bps", description = "Limit read rate (bytes per second) from a device")
    @Nullable
    List<String> deviceReadBps;

    @Option(names = "--device-write-bps", description = "Limit write rate (bytes per second) to a device")
    @Nullable
    List<String> deviceWriteBps;

    @Option(names = "--device-read-iops", description = "Limit read rate (IO per second) from a device")
    @Nullable
    List<String> deviceReadIops;

    @Option(names = "--device-write-iops", description = "Limit write rate (IO per second) to a device")
    @Nullable
    List<String> deviceWriteIops;

    @Option(names = "--io-maxbandwidth", description = "Maximum IO bandwidth limit for the system drive (Windows only)")
    String ioMaxBandwidth = "";

    @Option(names = "--io-maxiops", description = "Maximum IOps limit for the system drive (Windows only)")
    long ioMaxIops;

    /** Puts what was given into the part of a request that is of the host. */
    void putInto(Map<String, Object> host) {
        List<String> named = orEmpty(device);
        host.put(
                "Devices",
                named.stream()
                        .filter(text -> !DESCRIBED.matcher(text).matches())
                        .map(OptionValues::device)
                        .toList());
        host.put("DeviceCgroupRules", orEmpty(deviceCgroupRule));
        List<Map<String, Object>> requests =
                new ArrayList<>(orEmpty(gpus).stream().map(GpuOption::parse).toList());
        List<String> described =
                named.stream().filter(text -> DESCRIBED.matcher(text).matches()).toList();
        if (!described.isEmpty()) {
            requests.add(Map.of("Driver", "cdi", "DeviceIDs", described));
        }
        if (!requests.isEmpty()) {
            host.put("DeviceRequests", requests);
        }
        host.put("BlkioWeight", blkioWeight);
        put(host, "BlkioWeightDevice", "Weight", orEmpty(blkioWeightDevice));
        put(host, "BlkioDeviceReadBps", "Rate", orEmpty(deviceReadBps));
        put(host, "BlkioDeviceWriteBps", "Rate", orEmpty(deviceWriteBps));
        put(host, "BlkioDeviceReadIOps", "Rate", orEmpty(deviceReadIops));
        put(host, "BlkioDeviceWriteIOps", "Rate", orEmpty(deviceWriteIops));
        if (!ioMaxBandwidth.isEmpty()) {
            host.put("IOMaximumBandwidth", OptionValues.size(ioMaxBandwidth));
        }
        if (ioMaxIops != 0) {
            host.put("IOMaximumIOps", ioMaxIops);
        }
    }

    private static void put(Map<String, Object> host, String field, String value, List<String> given) {
        if (given.isEmpty()) {
            return;
        }
        List<Map<String, Object>> limits = new ArrayList<>();
        for (String text : given) {
            int colon = text.lastIndexOf(':');
            if (colon <= 0 || !text.startsWith("/dev/")) {
                throw new IllegalArgumentException("bad format for path: " + text);
            }
            Map<String, Object> limit = new LinkedHashMap<>();
            limit.put("Path", text.substring(0, colon));
            limit.put(value, OptionValues.size(text.substring(colon + 1)));
            limits.add(limit);
        }
        host.put(field, limits);
    }
}
