package dev.gantry.daemon.api.docker.container;

import dev.gantry.api.BindOptions;
import dev.gantry.api.ContainerConfig;
import dev.gantry.api.HostConfig;
import dev.gantry.api.Mount;
import dev.gantry.api.TmpfsOptions;
import dev.gantry.api.VolumeOptions;
import dev.gantry.daemon.service.container.MountRequest;
import dev.gantry.daemon.service.container.MountRequest.ReadOnlyScope;
import dev.gantry.daemon.type.EngineException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads what a container mounts: the short form of {@code -v}, the long one of {@code --mount}, and tmpfs. */
final class MountsReader {

    private static final Set<String> PROPAGATIONS =
            Set.of("shared", "slave", "private", "rshared", "rslave", "rprivate");
    private static final Set<String> WITHOUT_EFFECT = Set.of("rw", "z", "Z", "consistent", "cached", "delegated");
    private static final String DEFAULT_PROPAGATION = "rprivate";

    private MountsReader() {}

    static List<MountRequest> read(ContainerConfig config, HostConfig host) {
        List<MountRequest> mounts = new ArrayList<>();
        for (String bind : host.binds()) {
            MountRequest mount = shortForm(bind);
            if (mount instanceof MountRequest.Volume) {
                requireDriver(host.volumeDriver(), bind.substring(0, Math.max(0, bind.indexOf(':'))));
            }
            mounts.add(mount);
        }
        for (Mount mount : host.mounts()) {
            mounts.add(longForm(mount));
        }
        host.tmpfs()
                .forEach((destination, options) ->
                        mounts.add(new MountRequest.Tmpfs(destination, TmpfsWords.checked(split(options)))));
        return mounts;
    }

    private static List<String> split(String options) {
        return Arrays.stream(options.split(",", -1)).filter(o -> !o.isEmpty()).toList();
    }

    private static MountRequest shortForm(String text) {
        String[] parts = text.split(":", -1);
        if (parts.length > 3 || Arrays.stream(parts).anyMatch(String::isEmpty)) {
            // compat: docker's text
            throw EngineException.invalid("invalid volume specification: '" + text + "'");
        }
        if (parts.length == 1) {
            return volume(Optional.empty(), parts[0], List.of(), "");
        }
        List<String> options = parts.length == 3 ? split(parts[2]) : List.of();
        String mode = parts.length == 3 ? parts[2] : "";
        requireKnown(options, mode);
        if (!parts[0].startsWith("/")) {
            return volume(Optional.of(parts[0]), parts[1], options, mode);
        }
        String propagation =
                options.stream().filter(PROPAGATIONS::contains).findFirst().orElse(DEFAULT_PROPAGATION);
        return new MountRequest.Bind(
                parts[0],
                parts[1],
                options.contains("ro"),
                propagation,
                true,
                true,
                ReadOnlyScope.WHOLE_IF_POSSIBLE,
                mode);
    }

    private static MountRequest volume(Optional<String> name, String target, List<String> options, String mode) {
        boolean copy = !options.contains("nocopy");
        return new MountRequest.Volume(name, target, options.contains("ro"), copy, Map.of(), Map.of(), "", mode);
    }

    /** Whether a word may stand behind the second colon. */
    static boolean isMode(String word) {
        return PROPAGATIONS.contains(word)
                || WITHOUT_EFFECT.contains(word)
                || word.equals("ro")
                || word.equals("nocopy");
    }

    private static void requireDriver(String driver, String volume) {
        if (!driver.isEmpty() && !driver.equals("local")) {
            // compat: docker's text, but a status that does not make its CLI pull the image
            throw EngineException.invalid("create " + volume + ": error looking up volume plugin " + driver
                    + ": plugin \"" + driver + "\" not found");
        }
    }

    private static void requireKnown(List<String> options, String mode) {
        for (String option : options) {
            if (!isMode(option)) {
                // compat: docker's text
                throw EngineException.invalid("invalid mode: " + mode);
            }
        }
    }

    private static MountRequest longForm(Mount mount) {
        requireMatchingOptions(mount);
        if (mount.target().isEmpty()) {
            throw invalid(mount, "field Target must not be empty");
        }
        return switch (mount.type()) {
            case "bind" -> bind(mount);
            case "volume" -> namedVolume(mount);
            case "tmpfs" -> tmpfs(mount);
            case "image" -> image(mount);
            case "cluster" ->
                throw EngineException.notImplemented("mounts of type cluster are not implemented: they need a swarm");
            default -> throw invalid(mount, "mount type unknown");
        };
    }

    private static void requireMatchingOptions(Mount mount) {
        requireType(mount, mount.bindOptions(), "bind", "BindOptions");
        requireType(mount, mount.volumeOptions(), "volume", "VolumeOptions");
        requireType(mount, mount.tmpfsOptions(), "tmpfs", "TmpfsOptions");
        requireType(mount, mount.imageOptions(), "image", "ImageOptions");
    }

    private static void requireType(
            Mount mount, @org.jspecify.annotations.Nullable Object options, String type, String field) {
        if (options != null && !mount.type().equals(type)) {
            // compat: docker's text
            throw EngineException.invalid(field + " must not be specified on mount type \"" + mount.type() + "\"");
        }
    }

    private static EngineException invalid(Mount mount, String reason) {
        // compat: docker's text
        return EngineException.invalid("invalid mount config for type \"" + mount.type() + "\": " + reason);
    }

    private static MountRequest bind(Mount mount) {
        BindOptions options =
                mount.bindOptions() == null ? new BindOptions("", false, false, false, false) : mount.bindOptions();
        if (!mount.source().startsWith("/")) {
            throw EngineException.invalid("invalid mount config for type \"bind\": invalid mount path: '"
                    + mount.source() + "' mount path must be absolute");
        }
        String propagation = options.propagation().isEmpty() ? DEFAULT_PROPAGATION : options.propagation();
        if (!PROPAGATIONS.contains(propagation)) {
            throw invalid(mount, "invalid propagation mode: " + propagation);
        }
        return new MountRequest.Bind(
                mount.source(),
                mount.target(),
                mount.readOnly(),
                propagation,
                !options.nonRecursive(),
                options.createMountpoint(),
                scope(mount, options),
                "");
    }

    private static ReadOnlyScope scope(Mount mount, BindOptions options) {
        if (options.readOnlyForceRecursive()) {
            // compat: docker's texts
            if (!mount.readOnly()) {
                throw EngineException.invalid(
                        "mount options conflict: !ReadOnly && BindOptions.ReadOnlyForceRecursive");
            }
            if (options.readOnlyNonRecursive()) {
                throw EngineException.invalid(
                        "mount options conflict: ReadOnlyNonRecursive && BindOptions.ReadOnlyForceRecursive");
            }
            return ReadOnlyScope.WHOLE;
        }
        return options.readOnlyNonRecursive() ? ReadOnlyScope.MOUNT_ALONE : ReadOnlyScope.WHOLE_IF_POSSIBLE;
    }

    private static MountRequest image(Mount mount) {
        if (mount.source().isEmpty()) {
            throw invalid(mount, "field Source must not be empty");
        }
        String subpath =
                mount.imageOptions() == null ? "" : mount.imageOptions().subpath();
        requireBelow(mount, subpath);
        return new MountRequest.Image(mount.source(), mount.target(), subpath);
    }

    private static void requireBelow(Mount mount, String subpath) {
        Path path = Path.of(subpath).normalize();
        if (subpath.startsWith("/") || path.startsWith("..")) {
            // compat: docker's text
            throw invalid(mount, "subpath must be a relative path within the volume");
        }
    }

    private static MountRequest namedVolume(Mount mount) {
        VolumeOptions options =
                mount.volumeOptions() == null ? new VolumeOptions(false, Map.of(), "", null) : mount.volumeOptions();
        requireBelow(mount, options.subpath());
        if (mount.source().isEmpty() && !options.subpath().isEmpty()) {
            // compat: docker's text
            throw invalid(mount, "must not set Subpath when using anonymous volumes");
        }
        Map<String, String> driverOptions = Map.of();
        if (options.driverConfig() != null) {
            String driver = options.driverConfig().name();
            if (!driver.isEmpty() && !driver.equals("local")) {
                throw EngineException.invalid(
                        "error looking up volume plugin " + driver + ": plugin \"" + driver + "\" not found");
            }
            driverOptions = options.driverConfig().options();
        }
        return new MountRequest.Volume(
                mount.source().isEmpty() ? Optional.empty() : Optional.of(mount.source()),
                mount.target(),
                mount.readOnly(),
                !options.noCopy(),
                options.labels(),
                driverOptions,
                options.subpath(),
                "z");
    }

    private static MountRequest tmpfs(Mount mount) {
        if (!mount.source().isEmpty()) {
            throw invalid(mount, "field Source must not be specified");
        }
        TmpfsOptions options = mount.tmpfsOptions() == null ? new TmpfsOptions(0, 0, List.of()) : mount.tmpfsOptions();
        List<String> words = new ArrayList<>();
        if (mount.readOnly()) {
            words.add("ro");
        }
        if (options.sizeBytes() > 0) {
            words.add("size=" + options.sizeBytes());
        }
        if (options.mode() != 0) {
            words.add("mode=" + Integer.toOctalString(options.mode()));
        }
        options.options().forEach(pair -> words.add(String.join("=", pair)));
        if (options.sizeBytes() < 0) {
            throw invalid(mount, "SizeBytes must not be negative");
        }
        return new MountRequest.Tmpfs(mount.target(), TmpfsWords.checked(words));
    }
}
