package dev.gantry.daemon.runtime.spec;

import dev.gantry.daemon.runtime.spec.SeccompRule.Argument;
import dev.gantry.daemon.runtime.spec.SeccompRule.Condition;
import dev.gantry.daemon.runtime.spec.SeccompRule.KernelVersion;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads {@code seccomp-default.profile}; its head describes the format. */
final class DefaultSeccompReader {

    private static final Pattern ENTRY = Pattern.compile("(?<name>\\w+)(?:\\((?<args>[^)]*)\\)|!(?<errno>\\d+))?");
    private static final Pattern COMPARISON =
            Pattern.compile("(?<index>[0-5])(?:&(?<mask>0x[0-9a-f]+))?(?<op>==|<)(?<values>[0-9a-fx,]+)");
    private static final String ALLOW = "SCMP_ACT_ALLOW";

    private final List<SeccompRule> rules = new ArrayList<>();
    private Condition condition = Condition.ALWAYS;
    private List<String> plain = new ArrayList<>();

    private DefaultSeccompReader() {}

    static List<SeccompRule> read(String text) {
        DefaultSeccompReader reader = new DefaultSeccompReader();
        text.lines().map(String::strip).filter(line -> !line.startsWith("#")).forEach(reader::line);
        reader.endSection();
        return List.copyOf(reader.rules);
    }

    private void line(String line) {
        if (line.startsWith("[")) {
            endSection();
            condition = condition(line.substring(1, line.length() - 1));
            return;
        }
        Matcher entries = ENTRY.matcher(line);
        while (entries.find()) {
            entry(entries);
        }
    }

    private void entry(Matcher entry) {
        String name = entry.group("name");
        if (entry.group("args") != null) {
            rules.addAll(conditional(name, entry.group("args")));
        } else if (entry.group("errno") != null) {
            Optional<Long> errno = Optional.of(Long.valueOf(entry.group("errno")));
            rules.add(new SeccompRule(List.of(name), "SCMP_ACT_ERRNO", errno, List.of(), condition));
        } else {
            plain.add(name);
        }
    }

    private void endSection() {
        if (!plain.isEmpty()) {
            rules.add(new SeccompRule(plain, ALLOW, Optional.empty(), List.of(), condition));
            plain = new ArrayList<>();
        }
    }

    private List<SeccompRule> conditional(String name, String comparison) {
        Matcher parts = COMPARISON.matcher(comparison);
        if (!parts.matches()) {
            throw new IllegalArgumentException("The default seccomp profile compares with '" + comparison + "'");
        }
        int index = Integer.parseInt(parts.group("index"));
        List<SeccompRule> each = new ArrayList<>();
        for (String value : parts.group("values").split(",", -1)) {
            long number = Long.decode(value);
            Argument argument;
            if (parts.group("mask") != null) {
                argument = new Argument(index, Long.decode(parts.group("mask")), number, "SCMP_CMP_MASKED_EQ");
            } else {
                argument =
                        new Argument(index, number, 0, parts.group("op").equals("<") ? "SCMP_CMP_LT" : "SCMP_CMP_EQ");
            }
            each.add(new SeccompRule(List.of(name), ALLOW, Optional.empty(), List.of(argument), condition));
        }
        return each;
    }

    private static Condition condition(String text) {
        Set<String> capabilities = Set.of();
        Set<String> withoutCapabilities = Set.of();
        Set<String> architectures = Set.of();
        Set<String> withoutArchitectures = Set.of();
        Optional<KernelVersion> kernel = Optional.empty();
        for (String part : text.isEmpty() ? new String[0] : text.split(" ", -1)) {
            int equals = part.indexOf('=');
            String value = part.substring(equals + 1);
            Set<String> values = Set.of(value.split(",", -1));
            switch (part.substring(0, equals)) {
                case "cap" -> capabilities = values;
                case "not-cap" -> withoutCapabilities = values;
                case "arch" -> architectures = values;
                case "not-arch" -> withoutArchitectures = values;
                case "kernel" -> kernel = Optional.of(KernelVersion.parse(value));
                default -> throw new IllegalArgumentException("The default seccomp profile has condition " + part);
            }
        }
        return new Condition(capabilities, withoutCapabilities, architectures, withoutArchitectures, kernel);
    }
}
