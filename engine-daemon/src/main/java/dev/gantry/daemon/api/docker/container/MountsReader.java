package dev.gantry.daemon.api.docker.container;

import dev.gantry.api.BindOptions;
import dev.gantry.api.ContainerConfig;
import dev.gantry.api.HostConfig;
import dev.gantry.api.Mount;
import dev.gantry.api.TmpfsOptions;
import dev.gantry.api.VolumeOptions;
import dev.gantry.daemon.service.container.MountRequest;
import dev.gantry.daemon.type.EngineException;
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
            mounts.add(shortForm(bind));
        }
        for (Mount mount : host.mounts()) {
            mounts.add(longForm(mount));
        }
        host.tmpfs().forEach((destination, options) -> mounts.add(new MountRequest.Tmpfs(destination, split(options))));
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
        return new MountRequest.Bind(parts[0], parts[1], options.contains("ro"), propagation, true, true, mode);
    }

    private static MountRequest volume(Optional<String> name, String target, List<String> options, String mode) {
        boolean copy = !options.contains("nocopy");
        return new MountRequest.Volume(name, target, options.contains("ro"), copy, Map.of(), Map.of(), mode);
    }

    private static void requireKnown(List<String> options, String mode) {
        for (String option : options) {
            boolean known = PROPAGATIONS.contains(option)
                    || WITHOUT_EFFECT.contains(option)
                    || option.equals("ro")
                    || option.equals("nocopy");
            if (!known) {
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
            case "image", "npipe", "cluster" ->
                throw EngineException.notImplemented("mounts of type " + mount.type() + " are not implemented yet");
            default -> throw EngineException.invalid("mount type unknown: \"" + mount.type() + "\"");
        };
    }

    private static void requireMatchingOptions(Mount mount) {
        requireType(mount, mount.bindOptions(), "bind", "BindOptions");
        requireType(mount, mount.volumeOptions(), "volume", "VolumeOptions");
        requireType(mount, mount.tmpfsOptions(), "tmpfs", "TmpfsOptions");
    }

    private static void requireType(
            Mount mount, @org.jspecify.annotations.Nullable Object options, String type, String field) {
        if (options != null && !mount.type().equals(type)) {
            throw invalid(mount, "field " + field + " must not be specified");
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
            throw invalid(mount, "invalid propagation: " + propagation);
        }
        return new MountRequest.Bind(
                mount.source(),
                mount.target(),
                mount.readOnly(),
                propagation,
                !options.nonRecursive(),
                options.createMountpoint(),
                "");
    }

    private static MountRequest namedVolume(Mount mount) {
        VolumeOptions options =
                mount.volumeOptions() == null ? new VolumeOptions(false, Map.of(), "", null) : mount.volumeOptions();
        if (!options.subpath().isEmpty()) {
            throw EngineException.notImplemented("sub-paths of volumes are not implemented yet");
        }
        Map<String, String> driverOptions = Map.of();
        if (options.driverConfig() != null) {
            String driver = options.driverConfig().name();
            if (!driver.isEmpty() && !driver.equals("local")) {
                throw EngineException.notFound(
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
        return new MountRequest.Tmpfs(mount.target(), words);
    }
}
