package dev.gantry.daemon.runtime.spec;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A mount inside a container, as the OCI runtime carries it out.
 *
 * @param destination absolute, inside the container
 * @param type of the file system; {@code bind} for a path of the host
 * @param source a path of the host, or a name for file systems without one
 * @param options as mount(8) takes them
 */
public record MountSpec(String destination, String type, String source, List<String> options) {

    public MountSpec {
        if (!destination.startsWith("/")) {
            throw new IllegalArgumentException("A mount needs an absolute destination, not '" + destination + "'");
        }
        options = List.copyOf(options);
    }

    /** Whether the container may write. */
    public enum Access {
        READ_WRITE,
        READ_ONLY
    }

    /** How mounts travel between host and container below a bind mount. */
    public enum Propagation {
        PRIVATE("private"),
        RPRIVATE("rprivate"),
        SHARED("shared"),
        RSHARED("rshared"),
        SLAVE("slave"),
        RSLAVE("rslave");

        private final String option;

        Propagation(String option) {
            this.option = option;
        }

        /** The word for the mount option and for Docker's API. */
        public String option() {
            return option;
        }
    }

    /** Makes a recursive bind mount of a file or directory of the host. */
    public static MountSpec bind(Path source, String destination, Access access, Propagation propagation) {
        List<String> options = new ArrayList<>(List.of("rbind"));
        if (access == Access.READ_ONLY) {
            options.add("ro");
        }
        options.add(propagation.option());
        return new MountSpec(destination, "bind", source.toString(), options);
    }

    /** Makes an empty file system in memory with further options, for example {@code size=64m} or {@code exec}. */
    public static MountSpec tmpfs(String destination, List<String> options) {
        List<String> all = new ArrayList<>(List.of("noexec", "nosuid", "nodev"));
        for (String option : options) {
            all.remove(opposite(option));
            if (!all.contains(option)) {
                all.add(option);
            }
        }
        return new MountSpec(destination, "tmpfs", "tmpfs", all);
    }

    private static String opposite(String option) {
        return switch (option) {
            case "exec", "suid", "dev" -> "no" + option;
            default -> "";
        };
    }

    /** The number of path elements of the destination; outer mounts come first. */
    int depth() {
        return Path.of(destination).normalize().getNameCount();
    }

    MountSpec withOption(String option) {
        List<String> more = new ArrayList<>(options);
        more.add(option);
        return new MountSpec(destination, type, source, more);
    }

    MountSpec withoutOption(String option) {
        List<String> fewer = new ArrayList<>(options);
        fewer.remove(option);
        return new MountSpec(destination, type, source, fewer);
    }
}
