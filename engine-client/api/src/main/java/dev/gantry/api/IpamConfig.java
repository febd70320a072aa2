package dev.gantry.api;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Map;

/**
 * One address pool of a network.
 */
public record IpamConfig(
        @OmitEmpty String subnet,
        @JsonProperty("IPRange") @OmitEmpty String ipRange,
        @OmitEmpty String gateway,
        @OmitEmpty Map<String, String> auxiliaryAddresses) {

    public IpamConfig {
        subnet = Absent.text(subnet);
        ipRange = Absent.text(ipRange);
        gateway = Absent.text(gateway);
        auxiliaryAddresses = Absent.texts(auxiliaryAddresses);
    }
}
