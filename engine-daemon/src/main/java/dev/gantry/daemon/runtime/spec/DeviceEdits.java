package dev.gantry.daemon.runtime.spec;

import java.util.ArrayList;
import java.util.List;

/**
 * What devices that a driver chose change in a container.
 *
 * @param env {@code NAME=value} pairs that win over the container's
 * @param devices device files
 * @param mounts made besides the container's own
 * @param hooks run by the OCI runtime
 * @param groups that the container's processes are in too
 */
public record DeviceEdits(
        List<String> env, List<Device> devices, List<MountSpec> mounts, List<Hook> hooks, List<Integer> groups) {

    /** Nothing. */
    public static final DeviceEdits NONE = new DeviceEdits(List.of(), List.of(), List.of(), List.of(), List.of());

    public DeviceEdits {
        env = List.copyOf(env);
        devices = List.copyOf(devices);
        mounts = List.copyOf(mounts);
        hooks = List.copyOf(hooks);
        groups = List.copyOf(groups);
    }

    /**
     * A device file with what may be done with it.
     *
     * @param access some of {@code rwm}
     */
    public record Device(DeviceNode node, String access) {}

    /** Puts two together, this one first. */
    public DeviceEdits and(DeviceEdits more) {
        return new DeviceEdits(
                joined(env, more.env),
                joined(devices, more.devices),
                joined(mounts, more.mounts),
                joined(hooks, more.hooks),
                joined(groups, more.groups));
    }

    private static <T> List<T> joined(List<T> first, List<T> second) {
        List<T> both = new ArrayList<>(first);
        both.addAll(second);
        return both;
    }
}
