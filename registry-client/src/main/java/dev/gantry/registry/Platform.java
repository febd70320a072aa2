package dev.gantry.registry;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What a program needs to run: operating system, processor and its variant. Names are brought into the form that
 * registries use ({@code x86_64} becomes {@code amd64}, {@code aarch64} becomes {@code arm64}, {@code arm} becomes
 * {@code arm/v7}), so that equal platforms are equal records.
 *
 * @param os such as {@code linux}
 * @param architecture such as {@code amd64}
 * @param variant of the processor; absent where it is the usual one
 * @param osVersion of Windows; not looked at when platforms are compared
 */
public record Platform(String os, String architecture, Optional<String> variant, Optional<String> osVersion) {

    private static final Pattern WORD = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9_.-]{0,63}");
    private static final int OLDEST_ARM = 5;
    private static final int ARM64_MAJOR = 8;
    /** Where v9.0 left v8: it can do what v8.5 can. */
    private static final int V9_MINOR = 5;

    public Platform {
        os = os.toLowerCase(Locale.ROOT);
        os = os.equals("macos") ? "darwin" : os;
        String given = architecture.toLowerCase(Locale.ROOT);
        variant = variantOf(given, variant.orElse("").toLowerCase(Locale.ROOT));
        architecture = architectureOf(given);
    }

    /** A platform without version. */
    public static Platform of(String os, String architecture, Optional<String> variant) {
        return new Platform(os, architecture, variant, Optional.empty());
    }

    /**
     * Reads {@code os/architecture[/variant]}; a single word is an architecture of Linux, or {@code linux} itself for
     * this machine's.
     *
     * @throws IllegalArgumentException where the text is none of these
     */
    public static Platform parse(String text) {
        String[] parts = text.split("/", -1);
        for (String part : parts) {
            if (!WORD.matcher(part).matches()) {
                throw new IllegalArgumentException("invalid platform: " + text);
            }
        }
        return switch (parts.length) {
            case 1 ->
                parts[0].equalsIgnoreCase("linux")
                        ? of("linux", host().architecture(), Optional.empty())
                        : of("linux", parts[0], Optional.empty());
            case 2 -> of(parts[0], parts[1], Optional.empty());
            case 3 -> of(parts[0], parts[1], Optional.of(parts[2]));
            default -> throw new IllegalArgumentException("invalid platform: " + text);
        };
    }

    /** The platform of this machine. */
    public static Platform host() {
        return of("linux", System.getProperty("os.arch", "amd64"), Optional.empty());
    }

    /** Every platform whose programs run here, the best first, this one included. */
    public List<Platform> runnable() {
        List<Platform> found = new ArrayList<>();
        found.add(this);
        switch (architecture) {
            case "amd64" -> {
                addDown(found, "amd64", number(1) - 1, 1);
                found.add(with("386", ""));
            }
            case "arm" -> addDown(found, "arm", number(OLDEST_ARM) - 1, OLDEST_ARM);
            case "arm64" -> addArm64(found);
            default -> {}
        }
        return found.stream().distinct().toList();
    }

    /** Whether programs for the other platform run on this one. */
    public boolean runs(Platform other) {
        return runnable().stream().anyMatch(candidate -> candidate.isSame(other));
    }

    /** Whether both mean the same, whatever the version of the operating system. */
    public boolean isSame(Platform other) {
        return os.equals(other.os) && architecture.equals(other.architecture) && variant.equals(other.variant);
    }

    private void addArm64(List<Platform> found) {
        String[] parts = variant.orElse("v8").substring(1).split("\\.", 2);
        if (!isNumber(parts[0])) {
            return;
        }
        int major = Integer.parseInt(parts[0]);
        int minor = parts.length > 1 && isNumber(parts[1]) ? Integer.parseInt(parts[1]) : 0;
        if (major > ARM64_MAJOR) {
            addMinors(found, major, minor - 1);
            minor += V9_MINOR + 1;
        }
        addMinors(found, ARM64_MAJOR, minor - 1);
        found.add(with("arm", "v8"));
        addDown(found, "arm", ARM64_MAJOR - 1, OLDEST_ARM);
    }

    private void addMinors(List<Platform> found, int major, int from) {
        for (int minor = from; minor >= 0; minor--) {
            found.add(with("arm64", "v" + major + (minor == 0 ? "" : "." + minor)));
        }
    }

    private void addDown(List<Platform> found, String name, int from, int to) {
        for (int version = from; version >= to; version--) {
            found.add(with(name, "v" + version));
        }
    }

    private Platform with(String newArchitecture, String newVariant) {
        return new Platform(os, newArchitecture, Optional.of(newVariant), osVersion);
    }

    private int number(int otherwise) {
        String digits = variant.map(v -> v.substring(1)).orElse("");
        return isNumber(digits) ? Integer.parseInt(digits) : otherwise;
    }

    private static boolean isNumber(String text) {
        return text.length() <= 2 && !text.isEmpty() && text.chars().allMatch(c -> c >= '0' && c <= '9');
    }

    private static String architectureOf(String given) {
        return switch (given) {
            case "i386", "i486", "i586", "i686", "x86" -> "386";
            case "x86_64", "x86-64" -> "amd64";
            case "aarch64" -> "arm64";
            case "armhf", "armel" -> "arm";
            default -> given;
        };
    }

    private static Optional<String> variantOf(String given, String variant) {
        String named = isNumber(variant.split("\\.", 2)[0]) ? "v" + variant : variant;
        return switch (given) {
            case "i386" -> Optional.empty();
            case "armhf" -> Optional.of("v7");
            case "armel" -> Optional.of("v6");
            case "arm" -> Optional.of(named.isEmpty() ? "v7" : named);
            case "amd64", "x86_64", "x86-64" -> unless(named, "v1");
            case "arm64", "aarch64" -> unless(named, "v8");
            default -> unless(named, "");
        };
    }

    private static Optional<String> unless(String variant, String usual) {
        return variant.isEmpty() || variant.equals(usual) ? Optional.empty() : Optional.of(variant);
    }

    /** The form {@code os/architecture[/variant]}. */
    @Override
    public String toString() {
        return os + "/" + architecture + variant.map(v -> "/" + v).orElse("");
    }
}
