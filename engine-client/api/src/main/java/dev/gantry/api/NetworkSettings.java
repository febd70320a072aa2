package dev.gantry.api;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.annotation.JsonSerialize;

/**
 * The networks of a container as they are.
 *
 * @param ports by {@code 80/tcp}; null when exposed only
 */
public record NetworkSettings(
        String bridge,
        @JsonProperty("SandboxID") String sandboxId,
        String sandboxKey,
        Map<String, @Nullable List<PortBinding>> ports,
        boolean hairpinMode,
        @JsonProperty("LinkLocalIPv6Address") String linkLocalIpv6Address,
        @JsonProperty("LinkLocalIPv6PrefixLen") int linkLocalIpv6PrefixLen,

        @JsonProperty("SecondaryIPAddresses") @JsonSerialize(using = NullIfEmptySerializer.class)
        List<Address> secondaryIpAddresses,

        @JsonProperty("SecondaryIPv6Addresses") @JsonSerialize(using = NullIfEmptySerializer.class)
        List<Address> secondaryIpv6Addresses,

        @JsonProperty("EndpointID") String endpointId,
        String gateway,
        @JsonProperty("GlobalIPv6Address") String globalIpv6Address,
        @JsonProperty("GlobalIPv6PrefixLen") int globalIpv6PrefixLen,
        @JsonProperty("IPAddress") String ipAddress,
        @JsonProperty("IPPrefixLen") int ipPrefixLen,
        @JsonProperty("IPv6Gateway") String ipv6Gateway,
        String macAddress,
        Map<String, EndpointSettings> networks) {

    /** All values absent. */
    public static final NetworkSettings EMPTY = new NetworkSettings(
            "", "", "", Map.of(), false, "", 0, List.of(), List.of(), "", "", "", 0, "", 0, "", "", Map.of());

    public NetworkSettings {
        bridge = Absent.text(bridge);
        sandboxId = Absent.text(sandboxId);
        sandboxKey = Absent.text(sandboxKey);
        ports = Absent.map(ports);
        linkLocalIpv6Address = Absent.text(linkLocalIpv6Address);
        secondaryIpAddresses = Absent.list(secondaryIpAddresses);
        secondaryIpv6Addresses = Absent.list(secondaryIpv6Addresses);
        endpointId = Absent.text(endpointId);
        gateway = Absent.text(gateway);
        globalIpv6Address = Absent.text(globalIpv6Address);
        ipAddress = Absent.text(ipAddress);
        ipv6Gateway = Absent.text(ipv6Gateway);
        macAddress = Absent.text(macAddress);
        networks = Absent.endpoints(networks);
    }

    /** Start with everything absent. */
    public static NetworkSettingsBuilder builder() {
        return new NetworkSettingsBuilder();
    }

    /** Start with the values of this one. */
    public NetworkSettingsBuilder toBuilder() {
        return new NetworkSettingsBuilder(this);
    }
}
