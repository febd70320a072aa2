package dev.gantry.daemon.runtime.cdi;

import dev.gantry.daemon.runtime.spec.DeviceEdits;
import dev.gantry.daemon.runtime.spec.DeviceNode;
import dev.gantry.daemon.runtime.spec.Hook;
import dev.gantry.daemon.runtime.spec.HostDevices;
import dev.gantry.daemon.runtime.spec.MountSpec;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads the object {@code containerEdits} of a description. */
final class EditsReader {

    private static final int MODE_MASK = 07777;

    private EditsReader() {}

    /** @throws IllegalArgumentException where it asks for something this engine cannot do */
    static DeviceEdits read(Document edits) {
        for (String unknown : List.of("intelRdt", "netDevices")) {
            if (edits.has(unknown)) {
                throw new IllegalArgumentException(unknown + " of containerEdits is not implemented");
            }
        }
        return new DeviceEdits(
                env(edits),
                edits.objects("deviceNodes").stream().map(EditsReader::device).toList(),
                edits.objects("mounts").stream().map(EditsReader::mount).toList(),
                edits.objects("hooks").stream().map(EditsReader::hook).toList(),
                edits.texts("additionalGids").stream().map(Integer::valueOf).toList());
    }

    private static List<String> env(Document edits) {
        for (String pair : edits.texts("env")) {
            if (pair.indexOf('=') <= 0) {
                throw new IllegalArgumentException("invalid environment variable \"" + pair + "\"");
            }
        }
        return edits.texts("env");
    }

    /** What the description does not say of a device is as on the host. */
    private static DeviceEdits.Device device(Document device) {
        String path = device.text("path");
        String onHost = device.text("hostPath").isEmpty() ? path : device.text("hostPath");
        String access = device.text("permissions").isEmpty() ? "rwm" : device.text("permissions");
        if (!path.startsWith("/") || !access.matches("[rwm]+")) {
            throw new IllegalArgumentException("invalid device node " + path + " with permissions " + access);
        }
        String type = device.text("type");
        boolean told =
                !type.isEmpty() && !type.equals("p") && device.number("major").orElse(0L) != 0;
        DeviceNode host = told
                ? new DeviceNode(
                        path,
                        type.equals("b") ? DeviceNode.Kind.BLOCK : DeviceNode.Kind.CHARACTER,
                        device.number("major").orElse(0L),
                        device.number("minor").orElse(0L),
                        0666,
                        0,
                        0)
                : HostDevices.block(Path.of(onHost));
        DeviceNode node = new DeviceNode(
                path,
                host.kind(),
                host.major(),
                host.minor(),
                device.number("fileMode")
                        .map(mode -> mode.intValue() & MODE_MASK)
                        .orElse(host.mode()),
                device.number("uid").map(Long::intValue).orElse(host.uid()),
                device.number("gid").map(Long::intValue).orElse(host.gid()));
        return new DeviceEdits.Device(node, access);
    }

    private static MountSpec mount(Document mount) {
        List<String> options = new ArrayList<>(mount.texts("options"));
        String type = mount.text("type").isEmpty() ? "bind" : mount.text("type");
        if (type.equals("bind") && !options.contains("bind") && !options.contains("rbind")) {
            options.add("rbind");
        }
        return new MountSpec(mount.text("containerPath"), type, mount.text("hostPath"), options);
    }

    private static Hook hook(Document hook) {
        Optional<Integer> timeout = hook.number("timeout").map(Long::intValue);
        return new Hook(hook.text("hookName"), hook.text("path"), hook.texts("args"), hook.texts("env"), timeout);
    }
}
