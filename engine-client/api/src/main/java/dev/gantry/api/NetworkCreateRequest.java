package dev.gantry.api;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A network to be made.
 */
public record NetworkCreateRequest(
        String name,
        String driver,
        String scope,
        @JsonProperty("EnableIPv4") @OmitNull @Nullable Boolean enableIpv4,
        @JsonProperty("EnableIPv6") @OmitNull @Nullable Boolean enableIpv6,
        @JsonProperty("IPAM") @Nullable Ipam ipam,
        boolean internal,
        boolean attachable,
        boolean ingress,
        boolean configOnly,
        @Nullable ConfigReference configFrom,
        Map<String, String> options,
        Map<String, String> labels) {

    public NetworkCreateRequest {
        name = Absent.text(name);
        driver = Absent.text(driver);
        scope = Absent.text(scope);
        options = Absent.texts(options);
        labels = Absent.texts(labels);
    }
}
