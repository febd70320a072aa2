package dev.gantry.daemon.api.docker.container;

import dev.gantry.api.BindOptions;
import dev.gantry.api.ContainerConfig;
import dev.gantry.api.ContainerCreateRequest;
import dev.gantry.api.EndpointSettings;
import dev.gantry.api.HostConfig;
import dev.gantry.api.HostConfigBuilder;
import dev.gantry.api.Mount;
import dev.gantry.api.NetworkingConfig;
import dev.gantry.daemon.api.wire.ApiVersion;
import dev.gantry.daemon.type.EngineException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads a create request as its version of the API meant it: fields that came later are ignored or refused, fields that
 * went are moved to where they went, and defaults are those of the time.
 */
final class CreateByVersion {

    private final ContainerCreateRequest body;
    private final ApiVersion version;
    private final List<String> warnings = new ArrayList<>();

    private CreateByVersion(ContainerCreateRequest body, ApiVersion version) {
        this.body = body;
        this.version = version;
    }

    /**
     * A request in the words of the newest version.
     *
     * @param warnings for the client
     */
    record Adapted(ContainerCreateRequest body, List<String> warnings) {}

    /** Translates a request. */
    static Adapted adapt(ContainerCreateRequest body, ApiVersion version) {
        return new CreateByVersion(body, version).adapt();
    }

    private Adapted adapt() {
        HostConfig host = host(body.hostConfig());
        Map<String, EndpointSettings> endpoints =
                new HashMap<>(body.networkingConfig().endpointsConfig());
        if (!version.atLeast(1, 44) && endpoints.size() > 1) {
            // compat: docker's text
            throw EngineException.invalid("Container cannot be created with multiple network endpoints: "
                    + String.join(", ", endpoints.keySet().stream().sorted().toList()));
        }
        ContainerConfig config = macAddress(body.config(), host, endpoints);
        return new Adapted(
                new ContainerCreateRequest(config, host, new NetworkingConfig(endpoints)), List.copyOf(warnings));
    }

    private HostConfig host(HostConfig asked) {
        HostConfigBuilder host = asked.toBuilder()
                .mounts(asked.mounts().stream().map(this::mount).toList());
        if (!version.atLeast(1, 25)) {
            host.autoRemove(false);
        }
        if (!version.atLeast(1, 40)) {
            host.kernelMemoryTcp(0);
            if (asked.ipcMode().isEmpty()) {
                host.ipcMode("shareable");
            }
        }
        if (version.atLeast(1, 42)) {
            host.kernelMemory(0);
        } else {
            host.consoleSize(List.of());
        }
        if (asked.cpuPercent() > 0) {
            // compat: docker's text
            warnings.add("linux does not support CPU percent. Percent discarded.");
        }
        if (!version.atLeast(1, 43)) {
            host.annotations(Map.of());
        }
        return host.build();
    }

    private Mount mount(Mount mount) {
        boolean strict = version.atLeast(1, 42);
        BindOptions bind = mount.bindOptions();
        if (bind != null && (strict || mount.type().equals("bind"))) {
            if (bind.readOnlyForceRecursive() && !version.atLeast(1, 44)) {
                // compat: docker's text
                throw EngineException.invalid("BindOptions.ReadOnlyForceRecursive needs API v1.44 or newer");
            }
        }
        if (mount.volumeOptions() != null && !mount.volumeOptions().subpath().isEmpty() && !version.atLeast(1, 45)) {
            // compat: docker's text
            throw EngineException.invalid("VolumeOptions.Subpath needs API v1.45 or newer");
        }
        if (mount.type().equals("image") && !version.atLeast(1, 48)) {
            // compat: docker's text
            throw EngineException.invalid("invalid mount config for type \"image\": mount type unknown");
        }
        return new Mount(
                mount.type(),
                mount.source(),
                mount.target(),
                mount.readOnly(),
                mount.consistency(),
                strict || mount.type().equals("bind") ? bind(mount) : null,
                strict || mount.type().equals("volume") ? mount.volumeOptions() : null,
                mount.imageOptions(),
                strict || mount.type().equals("tmpfs") ? mount.tmpfsOptions() : null);
    }

    /** Before 1.44 read-only never reached mounts below the source. */
    private @org.jspecify.annotations.Nullable BindOptions bind(Mount mount) {
        BindOptions options = mount.bindOptions();
        boolean isBind = mount.type().equals("bind");
        if (version.atLeast(1, 44) || !isBind) {
            return options;
        }
        BindOptions given = options == null ? new BindOptions("", false, false, false, false) : options;
        return new BindOptions(
                given.propagation(),
                given.nonRecursive() && version.atLeast(1, 40),
                given.createMountpoint() && version.atLeast(1, 42),
                true,
                false);
    }

    /** Until 1.43 a container had one MAC address; since then each of its interfaces has one. */
    private ContainerConfig macAddress(
            ContainerConfig config, HostConfig host, Map<String, EndpointSettings> endpoints) {
        String address = config.macAddress();
        if (address.isEmpty()) {
            if (!version.atLeast(1, 44)) {
                endpoints.replaceAll(
                        (name, endpoint) -> endpoint.toBuilder().macAddress("").build());
            }
            return config;
        }
        String mode = host.networkMode();
        boolean none = mode.equals("none") || mode.equals("host") || mode.startsWith("container:");
        if (none && !version.atLeast(1, 44)) {
            // compat: docker's text
            throw EngineException.invalid("conflicting options: mac-address and the network mode");
        }
        if (!none) {
            String network = mode.isEmpty() || mode.equals("default") ? "bridge" : mode;
            String key = endpoints.containsKey("default") && network.equals("bridge") ? "default" : network;
            EndpointSettings endpoint = endpoints.getOrDefault(key, EndpointSettings.EMPTY);
            if (!endpoint.macAddress().isEmpty() && !endpoint.macAddress().equals(address)) {
                // compat: docker's text
                throw EngineException.invalid("the container-wide MAC address must match the endpoint-specific MAC"
                        + " address for the main network, or be left empty");
            }
            endpoints.put(key, endpoint.toBuilder().macAddress(address).build());
        }
        if (version.atLeast(1, 44)) {
            warnings.add("The container-wide MacAddress field is now deprecated. It should be specified in"
                    + " EndpointsConfig instead.");
        }
        return config.toBuilder().macAddress("").build();
    }
}
