package dev.gantry.daemon.runtime.spec;

import static dev.gantry.daemon.runtime.spec.DeviceNode.Kind.CHARACTER;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** What every container gets unless it asks for something else; equal to moby's {@code oci/defaults.go}. */
final class SpecDefaults {

    static final long SHM_SIZE = 64L << 20;

    static final List<String> READONLY_PATHS =
            List.of("/proc/bus", "/proc/fs", "/proc/irq", "/proc/sys", "/proc/sysrq-trigger");

    private static final Path PROCESSORS = Path.of("/sys/devices/system/cpu");

    /** Read once: processors do not come and go while the daemon lives. */
    static final List<String> MASKED_PATHS = maskedPaths();

    static final List<DeviceRule> DEVICE_RULES = List.of(
            DeviceRule.denyAll(),
            DeviceRule.allow(CHARACTER, 1, 5, "rwm"),
            DeviceRule.allow(CHARACTER, 1, 3, "rwm"),
            DeviceRule.allow(CHARACTER, 1, 9, "rwm"),
            DeviceRule.allow(CHARACTER, 1, 8, "rwm"),
            DeviceRule.allow(CHARACTER, 5, 0, "rwm"),
            DeviceRule.allow(CHARACTER, 5, 1, "rwm"),
            DeviceRule.deny(CHARACTER, 10, 229));

    private SpecDefaults() {}

    static List<MountSpec> mounts(long shmSize) {
        return List.of(
                new MountSpec("/proc", "proc", "proc", List.of("nosuid", "noexec", "nodev")),
                new MountSpec("/dev", "tmpfs", "tmpfs", List.of("nosuid", "strictatime", "mode=755", "size=65536k")),
                new MountSpec(
                        "/dev/pts",
                        "devpts",
                        "devpts",
                        List.of("nosuid", "noexec", "newinstance", "ptmxmode=0666", "mode=0620", "gid=5")),
                new MountSpec("/sys", "sysfs", "sysfs", List.of("nosuid", "noexec", "nodev", "ro")),
                new MountSpec("/sys/fs/cgroup", "cgroup", "cgroup", List.of("ro", "nosuid", "noexec", "nodev")),
                new MountSpec("/dev/mqueue", "mqueue", "mqueue", List.of("nosuid", "noexec", "nodev")),
                new MountSpec(
                        "/dev/shm",
                        "tmpfs",
                        "shm",
                        List.of("nosuid", "noexec", "nodev", "mode=1777", "size=" + shmSize)));
    }

    private static List<String> maskedPaths() {
        List<String> paths = new ArrayList<>(List.of(
                "/proc/acpi",
                "/proc/asound",
                // GHSA-6fw5-f8r9-fgfm, as are the processors' throttle counts below
                "/proc/interrupts",
                "/proc/kcore",
                "/proc/keys",
                "/proc/latency_stats",
                "/proc/sched_debug",
                "/proc/scsi",
                "/proc/timer_list",
                "/proc/timer_stats",
                // GHSA-jq35-85cj-fj4p
                "/sys/devices/virtual/powercap",
                "/sys/firmware"));
        try (DirectoryStream<Path> processors = Files.newDirectoryStream(PROCESSORS, "cpu[0-9]*")) {
            for (Path processor : processors) {
                Path throttle = processor.resolve("thermal_throttle");
                if (Files.isDirectory(throttle)) {
                    paths.add(throttle.toString());
                }
            }
        } catch (java.nio.file.NoSuchFileException e) {
            return List.copyOf(paths);
        } catch (IOException e) {
            throw new UncheckedIOException("Listing " + PROCESSORS, e);
        }
        return List.copyOf(paths);
    }
}
