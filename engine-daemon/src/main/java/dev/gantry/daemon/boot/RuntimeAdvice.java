package dev.gantry.daemon.boot;

import dev.gantry.daemon.runtime.oci.RuntimeProgram;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Tells the operator of OCI runtimes that are older than the fixes of known escapes. Only a warning: distributions carry
 * fixes back without a change of the version that the program reports.
 */
final class RuntimeAdvice {

    private static final Pattern VERSION = Pattern.compile("([0-9]+)\\.([0-9]+)(?:\\.([0-9]+))?");

    private RuntimeAdvice() {}

    private record Version(int major, int minor, int patch) {

        static Optional<Version> in(String text) {
            Matcher parts = VERSION.matcher(text);
            if (!parts.find()) {
                return Optional.empty();
            }
            int patch = parts.group(3) == null ? 0 : Integer.parseInt(parts.group(3));
            return Optional.of(new Version(Integer.parseInt(parts.group(1)), Integer.parseInt(parts.group(2)), patch));
        }

        boolean before(int otherMajor, int otherMinor, int otherPatch) {
            if (major != otherMajor) {
                return major < otherMajor;
            }
            return minor != otherMinor ? minor < otherMinor : patch < otherPatch;
        }
    }

    static List<String> warnings(Collection<RuntimeProgram> programs) {
        List<String> warnings = new ArrayList<>();
        for (RuntimeProgram program : programs) {
            warning(program.name(), program.version()).ifPresent(warnings::add);
        }
        return warnings;
    }

    static Optional<String> warning(String name, String version) {
        return Version.in(version)
                .flatMap(known -> switch (name) {
                    case "runc" -> ofRunc(known);
                    // https://github.com/containers/crun/issues/1906: crun is not open to runc's escapes of 2025
                    case "crun" -> known.before(1, 4, 4) ? Optional.of("CVE-2022-27650") : Optional.empty();
                    default -> Optional.<String>empty();
                })
                .map(holes -> "WARNING: " + name + " " + version.strip() + " is older than the fixes of " + holes
                        + "; update it unless your distribution has brought them back");
    }

    private static Optional<String> ofRunc(Version version) {
        boolean open = version.before(1, 2, 8) || (version.minor() == 3 && version.before(1, 3, 3));
        String escapes = "CVE-2025-31133, CVE-2025-52565 and CVE-2025-52881";
        return open ? Optional.of(version.before(1, 1, 12) ? "CVE-2024-21626, " + escapes : escapes) : Optional.empty();
    }
}
