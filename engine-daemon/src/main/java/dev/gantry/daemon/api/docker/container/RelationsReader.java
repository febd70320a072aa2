package dev.gantry.daemon.api.docker.container;

import dev.gantry.api.ContainerConfig;
import dev.gantry.api.EndpointSettings;
import dev.gantry.api.HostConfig;
import dev.gantry.daemon.service.container.HostSettings.Link;
import dev.gantry.daemon.service.container.HostSettings.VolumesFrom;
import dev.gantry.daemon.service.container.NetworkMode;
import dev.gantry.daemon.type.EngineException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** Reads how a container is to be related to others and to its network, with docker's rules and texts. */
final class RelationsReader {

    private static final Pattern MAC_ADDRESS = Pattern.compile("[0-9a-fA-F]{2}([:-][0-9a-fA-F]{2}){5}");

    private RelationsReader() {}

    /** Links as {@code name}, {@code name:alias}, or {@code /name:/container/alias} as inspect shows them. */
    static List<Link> links(HostConfig host) {
        List<Link> links = new ArrayList<>();
        for (String text : host.links()) {
            String[] parts = text.split(":", -1);
            if (text.isEmpty() || parts.length > 2 || Arrays.stream(parts).anyMatch(String::isEmpty)) {
                // compat: docker's text
                throw EngineException.invalid("bad format for links: " + text);
            }
            String alias = parts[parts.length - 1];
            links.add(new Link(parts[0], alias.substring(alias.lastIndexOf('/') + 1)));
        }
        return links;
    }

    /** Containers as {@code name[:ro|rw]}. */
    static List<VolumesFrom> volumesFrom(HostConfig host) {
        List<VolumesFrom> sources = new ArrayList<>();
        for (String text : host.volumesFrom()) {
            int colon = text.indexOf(':');
            String mode = colon < 0 ? "" : text.substring(colon + 1);
            String name = colon < 0 ? text : text.substring(0, colon);
            if (name.isEmpty()) {
                // compat: docker's text
                throw EngineException.invalid("volumes-from specification cannot be an empty string");
            }
            List<String> words = mode.isEmpty() ? List.of() : Arrays.asList(mode.split(",", -1));
            if (!words.stream().allMatch(MountsReader::isMode) || (words.contains("ro") && words.contains("rw"))) {
                // compat: docker's text
                throw EngineException.invalid("invalid mode: " + mode);
            }
            sources.add(new VolumesFrom(name, words.contains("ro")));
        }
        return sources;
    }

    /** The MAC address of the container's own interface. */
    static Optional<String> macAddress(NetworkMode network, Map<String, EndpointSettings> endpoints) {
        Optional<String> asked = endpoints.values().stream()
                .map(EndpointSettings::macAddress)
                .filter(address -> !address.isEmpty())
                .findFirst();
        asked.filter(address -> !MAC_ADDRESS.matcher(address).matches()).ifPresent(address -> {
            // compat: docker's text
            throw EngineException.invalid(
                    "invalid config for network " + network.text() + ": invalid MAC address " + address);
        });
        return asked.map(address -> address.replace('-', ':'));
    }

    /** Refuses what makes no sense with the network a container has. */
    static void checkConflicts(ContainerConfig config, HostConfig host, NetworkMode network) {
        boolean shared = network instanceof NetworkMode.Shared;
        if (network instanceof NetworkMode.Host && !host.links().isEmpty()) {
            throw EngineException.invalid("conflicting options: host type networking can't be used with links."
                    + " This would result in undefined behavior");
        }
        if (host.utsMode().equals("host") && !config.hostname().isEmpty()) {
            throw conflict("hostname and the UTS mode");
        }
        if (!shared) {
            return;
        }
        refuse(!config.hostname().isEmpty(), "hostname and the network mode");
        refuse(
                !host.links().isEmpty(),
                "container type network can't be used with links. This would result in undefined behavior");
        refuse(!host.dns().isEmpty(), "dns and the network mode");
        refuse(!host.extraHosts().isEmpty(), "custom host-to-IP mapping and the network mode");
        refuse(
                !host.portBindings().isEmpty() || host.publishAllPorts(),
                "port publishing and the container type network mode");
        refuse(!config.exposedPorts().isEmpty(), "port exposing and the container type network mode");
    }

    private static void refuse(boolean asked, String what) {
        if (asked) {
            throw conflict(what);
        }
    }

    // compat: docker's text
    private static EngineException conflict(String what) {
        return EngineException.invalid("conflicting options: " + what);
    }
}
