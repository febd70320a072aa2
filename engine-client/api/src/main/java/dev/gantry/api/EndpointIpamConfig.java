package dev.gantry.api;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;

/**
 * The addresses asked for in one network.
 */
public record EndpointIpamConfig(
        @JsonProperty("IPv4Address") @OmitEmpty String ipv4Address,
        @JsonProperty("IPv6Address") @OmitEmpty String ipv6Address,
        @JsonProperty("LinkLocalIPs") @OmitEmpty List<String> linkLocalIps) {

    public EndpointIpamConfig {
        ipv4Address = Absent.text(ipv4Address);
        ipv6Address = Absent.text(ipv6Address);
        linkLocalIps = Absent.list(linkLocalIps);
    }
}
