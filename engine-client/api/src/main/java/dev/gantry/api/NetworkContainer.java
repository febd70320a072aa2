package dev.gantry.api;

import com.fasterxml.jackson.annotation.JsonProperty;

/**
 * A container of a network.
 */
public record NetworkContainer(
        String name,
        @JsonProperty("EndpointID") String endpointId,
        String macAddress,
        @JsonProperty("IPv4Address") String ipv4Address,
        @JsonProperty("IPv6Address") String ipv6Address) {

    public NetworkContainer {
        name = Absent.text(name);
        endpointId = Absent.text(endpointId);
        macAddress = Absent.text(macAddress);
        ipv4Address = Absent.text(ipv4Address);
        ipv6Address = Absent.text(ipv6Address);
    }
}
