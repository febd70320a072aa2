package dev.gantry.api;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.annotation.JsonSerialize;

/**
 * A container in one network: what was asked for and what it got.
 */
public record EndpointSettings(
        @JsonProperty("IPAMConfig") @Nullable EndpointIpamConfig ipamConfig,
        @JsonSerialize(using = NullIfEmptySerializer.class) List<String> links,
        @JsonSerialize(using = NullIfEmptySerializer.class) List<String> aliases,
        String macAddress,
        @JsonSerialize(using = NullIfEmptySerializer.class) Map<String, String> driverOpts,
        long gwPriority,
        @JsonProperty("NetworkID") String networkId,
        @JsonProperty("EndpointID") String endpointId,
        String gateway,
        @JsonProperty("IPAddress") String ipAddress,
        @JsonProperty("IPPrefixLen") int ipPrefixLen,
        @JsonProperty("IPv6Gateway") String ipv6Gateway,
        @JsonProperty("GlobalIPv6Address") String globalIpv6Address,
        @JsonProperty("GlobalIPv6PrefixLen") long globalIpv6PrefixLen,

        @JsonProperty("DNSNames") @JsonSerialize(using = NullIfEmptySerializer.class)
        List<String> dnsNames) {

    /** All values absent. */
    public static final EndpointSettings EMPTY =
            new EndpointSettings(null, List.of(), List.of(), "", Map.of(), 0, "", "", "", "", 0, "", "", 0, List.of());

    public EndpointSettings {
        links = Absent.list(links);
        aliases = Absent.list(aliases);
        macAddress = Absent.text(macAddress);
        driverOpts = Absent.texts(driverOpts);
        networkId = Absent.text(networkId);
        endpointId = Absent.text(endpointId);
        gateway = Absent.text(gateway);
        ipAddress = Absent.text(ipAddress);
        ipv6Gateway = Absent.text(ipv6Gateway);
        globalIpv6Address = Absent.text(globalIpv6Address);
        dnsNames = Absent.list(dnsNames);
    }

    /** Start with everything absent. */
    public static EndpointSettingsBuilder builder() {
        return new EndpointSettingsBuilder();
    }

    /** Start with the values of this one. */
    public EndpointSettingsBuilder toBuilder() {
        return new EndpointSettingsBuilder(this);
    }
}
