package dev.gantry.api;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Builds a {@link NetworkSettings}; what is not set is absent. Not thread-safe.
 */
public final class NetworkSettingsBuilder {
    private String bridge = "";
    private String sandboxId = "";
    private String sandboxKey = "";
    private Map<String, @Nullable List<PortBinding>> ports = Map.of();
    private boolean hairpinMode;
    private String linkLocalIpv6Address = "";
    private int linkLocalIpv6PrefixLen;
    private List<Address> secondaryIpAddresses = List.of();
    private List<Address> secondaryIpv6Addresses = List.of();
    private String endpointId = "";
    private String gateway = "";
    private String globalIpv6Address = "";
    private int globalIpv6PrefixLen;
    private String ipAddress = "";
    private int ipPrefixLen;
    private String ipv6Gateway = "";
    private String macAddress = "";
    private Map<String, EndpointSettings> networks = Map.of();

    NetworkSettingsBuilder() {}

    NetworkSettingsBuilder(NetworkSettings from) {
        this.bridge = from.bridge();
        this.sandboxId = from.sandboxId();
        this.sandboxKey = from.sandboxKey();
        this.ports = from.ports();
        this.hairpinMode = from.hairpinMode();
        this.linkLocalIpv6Address = from.linkLocalIpv6Address();
        this.linkLocalIpv6PrefixLen = from.linkLocalIpv6PrefixLen();
        this.secondaryIpAddresses = from.secondaryIpAddresses();
        this.secondaryIpv6Addresses = from.secondaryIpv6Addresses();
        this.endpointId = from.endpointId();
        this.gateway = from.gateway();
        this.globalIpv6Address = from.globalIpv6Address();
        this.globalIpv6PrefixLen = from.globalIpv6PrefixLen();
        this.ipAddress = from.ipAddress();
        this.ipPrefixLen = from.ipPrefixLen();
        this.ipv6Gateway = from.ipv6Gateway();
        this.macAddress = from.macAddress();
        this.networks = from.networks();
    }

    public NetworkSettingsBuilder bridge(String value) {
        this.bridge = value;
        return this;
    }

    public NetworkSettingsBuilder sandboxId(String value) {
        this.sandboxId = value;
        return this;
    }

    public NetworkSettingsBuilder sandboxKey(String value) {
        this.sandboxKey = value;
        return this;
    }

    public NetworkSettingsBuilder ports(Map<String, @Nullable List<PortBinding>> value) {
        this.ports = value;
        return this;
    }

    public NetworkSettingsBuilder hairpinMode(boolean value) {
        this.hairpinMode = value;
        return this;
    }

    public NetworkSettingsBuilder linkLocalIpv6Address(String value) {
        this.linkLocalIpv6Address = value;
        return this;
    }

    public NetworkSettingsBuilder linkLocalIpv6PrefixLen(int value) {
        this.linkLocalIpv6PrefixLen = value;
        return this;
    }

    public NetworkSettingsBuilder secondaryIpAddresses(List<Address> value) {
        this.secondaryIpAddresses = value;
        return this;
    }

    public NetworkSettingsBuilder secondaryIpv6Addresses(List<Address> value) {
        this.secondaryIpv6Addresses = value;
        return this;
    }

    public NetworkSettingsBuilder endpointId(String value) {
        this.endpointId = value;
        return this;
    }

    public NetworkSettingsBuilder gateway(String value) {
        this.gateway = value;
        return this;
    }

    public NetworkSettingsBuilder globalIpv6Address(String value) {
        this.globalIpv6Address = value;
        return this;
    }

    public NetworkSettingsBuilder globalIpv6PrefixLen(int value) {
        this.globalIpv6PrefixLen = value;
        return this;
    }

    public NetworkSettingsBuilder ipAddress(String value) {
        this.ipAddress = value;
        return this;
    }

    public NetworkSettingsBuilder ipPrefixLen(int value) {
        this.ipPrefixLen = value;
        return this;
    }

    public NetworkSettingsBuilder ipv6Gateway(String value) {
        this.ipv6Gateway = value;
        return this;
    }

    public NetworkSettingsBuilder macAddress(String value) {
        this.macAddress = value;
        return this;
    }

    public NetworkSettingsBuilder networks(Map<String, EndpointSettings> value) {
        this.networks = value;
        return this;
    }

    public NetworkSettings build() {
        return new NetworkSettings(
                bridge,
                sandboxId,
                sandboxKey,
                ports,
                hairpinMode,
                linkLocalIpv6Address,
                linkLocalIpv6PrefixLen,
                secondaryIpAddresses,
                secondaryIpv6Addresses,
                endpointId,
                gateway,
                globalIpv6Address,
                globalIpv6PrefixLen,
                ipAddress,
                ipPrefixLen,
                ipv6Gateway,
                macAddress,
                networks);
    }
}
