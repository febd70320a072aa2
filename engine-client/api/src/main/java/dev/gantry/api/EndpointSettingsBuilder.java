package dev.gantry.api;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Builds a {@link EndpointSettings}; what is not set is absent. Not thread-safe.
 */
public final class EndpointSettingsBuilder {
    private @Nullable EndpointIpamConfig ipamConfig;
    private List<String> links = List.of();
    private List<String> aliases = List.of();
    private String macAddress = "";
    private Map<String, String> driverOpts = Map.of();
    private long gwPriority;
    private String networkId = "";
    private String endpointId = "";
    private String gateway = "";
    private String ipAddress = "";
    private int ipPrefixLen;
    private String ipv6Gateway = "";
    private String globalIpv6Address = "";
    private long globalIpv6PrefixLen;
    private List<String> dnsNames = List.of();

    EndpointSettingsBuilder() {}

    EndpointSettingsBuilder(EndpointSettings from) {
        this.ipamConfig = from.ipamConfig();
        this.links = from.links();
        this.aliases = from.aliases();
        this.macAddress = from.macAddress();
        this.driverOpts = from.driverOpts();
        this.gwPriority = from.gwPriority();
        this.networkId = from.networkId();
        this.endpointId = from.endpointId();
        this.gateway = from.gateway();
        this.ipAddress = from.ipAddress();
        this.ipPrefixLen = from.ipPrefixLen();
        this.ipv6Gateway = from.ipv6Gateway();
        this.globalIpv6Address = from.globalIpv6Address();
        this.globalIpv6PrefixLen = from.globalIpv6PrefixLen();
        this.dnsNames = from.dnsNames();
    }

    public EndpointSettingsBuilder ipamConfig(@Nullable EndpointIpamConfig value) {
        this.ipamConfig = value;
        return this;
    }

    public EndpointSettingsBuilder links(List<String> value) {
        this.links = value;
        return this;
    }

    public EndpointSettingsBuilder aliases(List<String> value) {
        this.aliases = value;
        return this;
    }

    public EndpointSettingsBuilder macAddress(String value) {
        this.macAddress = value;
        return this;
    }

    public EndpointSettingsBuilder driverOpts(Map<String, String> value) {
        this.driverOpts = value;
        return this;
    }

    public EndpointSettingsBuilder gwPriority(long value) {
        this.gwPriority = value;
        return this;
    }

    public EndpointSettingsBuilder networkId(String value) {
        this.networkId = value;
        return this;
    }

    public EndpointSettingsBuilder endpointId(String value) {
        this.endpointId = value;
        return this;
    }

    public EndpointSettingsBuilder gateway(String value) {
        this.gateway = value;
        return this;
    }

    public EndpointSettingsBuilder ipAddress(String value) {
        this.ipAddress = value;
        return this;
    }

    public EndpointSettingsBuilder ipPrefixLen(int value) {
        this.ipPrefixLen = value;
        return this;
    }

    public EndpointSettingsBuilder ipv6Gateway(String value) {
        this.ipv6Gateway = value;
        return this;
    }

    public EndpointSettingsBuilder globalIpv6Address(String value) {
        this.globalIpv6Address = value;
        return this;
    }

    public EndpointSettingsBuilder globalIpv6PrefixLen(long value) {
        this.globalIpv6PrefixLen = value;
        return this;
    }

    public EndpointSettingsBuilder dnsNames(List<String> value) {
        this.dnsNames = value;
        return this;
    }

    public EndpointSettings build() {
        return new EndpointSettings(
                ipamConfig,
                links,
                aliases,
                macAddress,
                driverOpts,
                gwPriority,
                networkId,
                endpointId,
                gateway,
                ipAddress,
                ipPrefixLen,
                ipv6Gateway,
                globalIpv6Address,
                globalIpv6PrefixLen,
                dnsNames);
    }
}
