package dev.gantry.daemon.runtime.spec;

import java.util.Optional;

/**
 * What the cgroup lets processes do with devices; later rules win.
 *
 * @param verdict allow or deny
 * @param kind absent: both kinds
 * @param major absent: all
 * @param minor absent: all
 * @param access some of {@code rwm}: read, write, make
 */
public record DeviceRule(
        Verdict verdict, Optional<DeviceNode.Kind> kind, Optional<Long> major, Optional<Long> minor, String access) {

    /** Whether the rule opens or closes. */
    public enum Verdict {
        ALLOW,
        DENY
    }

    public DeviceRule {
        if (access.isEmpty() || !access.chars().allMatch(c -> c == 'r' || c == 'w' || c == 'm')) {
            throw new IllegalArgumentException("invalid device mode: " + access);
        }
    }

    /** Everything with every device, as privileged containers have it. */
    public static DeviceRule allowAll() {
        return new DeviceRule(Verdict.ALLOW, Optional.empty(), Optional.empty(), Optional.empty(), "rwm");
    }

    static DeviceRule denyAll() {
        return new DeviceRule(Verdict.DENY, Optional.empty(), Optional.empty(), Optional.empty(), "rwm");
    }

    /** Access to one device. */
    public static DeviceRule allow(DeviceNode.Kind kind, long major, long minor, String access) {
        return new DeviceRule(Verdict.ALLOW, Optional.of(kind), Optional.of(major), Optional.of(minor), access);
    }

    static DeviceRule deny(DeviceNode.Kind kind, long major, long minor) {
        return new DeviceRule(Verdict.DENY, Optional.of(kind), Optional.of(major), Optional.of(minor), "rwm");
    }
}
