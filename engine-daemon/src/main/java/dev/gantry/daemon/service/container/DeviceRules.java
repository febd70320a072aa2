package dev.gantry.daemon.service.container;

import dev.gantry.daemon.runtime.spec.DeviceNode;
import dev.gantry.daemon.runtime.spec.DeviceRule;
import dev.gantry.daemon.type.EngineException;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads rules of the devices cgroup as users write them: {@code c 189:* rwm}. */
final class DeviceRules {

    private static final Pattern FORM = Pattern.compile("([acb]) ([0-9]{1,10}|\\*):([0-9]{1,10}|\\*) ([rwm]{1,3})");

    private DeviceRules() {}

    static DeviceRule parse(String text) {
        Matcher parts = FORM.matcher(text);
        if (!parts.matches()) {
            // compat: docker's text
            throw EngineException.invalid("invalid device cgroup rule format: '" + text + "'");
        }
        Optional<DeviceNode.Kind> kind = switch (parts.group(1)) {
            case "c" -> Optional.of(DeviceNode.Kind.CHARACTER);
            case "b" -> Optional.of(DeviceNode.Kind.BLOCK);
            default -> Optional.empty();
        };
        return new DeviceRule(
                DeviceRule.Verdict.ALLOW, kind, number(parts.group(2)), number(parts.group(3)), parts.group(4));
    }

    private static Optional<Long> number(String text) {
        return text.equals("*") ? Optional.empty() : Optional.of(Long.valueOf(text));
    }
}
