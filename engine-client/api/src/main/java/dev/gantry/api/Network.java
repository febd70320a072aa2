package dev.gantry.api;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Map;

/**
 * A network, in lists and alone.
 *
 * @param containers by container id
 */
public record Network(
        String name,
        String id,
        String created,
        String scope,
        String driver,
        @JsonProperty("EnableIPv4") boolean enableIpv4,
        @JsonProperty("EnableIPv6") boolean enableIpv6,
        @JsonProperty("IPAM") Ipam ipam,
        boolean internal,
        boolean attachable,
        boolean ingress,
        ConfigReference configFrom,
        boolean configOnly,
        Map<String, NetworkContainer> containers,
        Map<String, String> options,
        Map<String, String> labels) {

    public Network {
        name = Absent.text(name);
        id = Absent.text(id);
        created = Absent.text(created);
        scope = Absent.text(scope);
        driver = Absent.text(driver);
        containers = Absent.map(containers);
        options = Absent.texts(options);
        labels = Absent.texts(labels);
        ipam = ipam == null ? Ipam.EMPTY : ipam;
        configFrom = configFrom == null ? ConfigReference.EMPTY : configFrom;
    }
}
