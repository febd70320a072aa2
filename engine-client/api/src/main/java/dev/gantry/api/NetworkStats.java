package dev.gantry.api;

import com.fasterxml.jackson.annotation.JsonProperty;

/** Traffic of one interface of a container, as the container sees it. */
public record NetworkStats(
        @JsonProperty("rx_bytes") long rxBytes,
        @JsonProperty("rx_packets") long rxPackets,
        @JsonProperty("rx_errors") long rxErrors,
        @JsonProperty("rx_dropped") long rxDropped,
        @JsonProperty("tx_bytes") long txBytes,
        @JsonProperty("tx_packets") long txPackets,
        @JsonProperty("tx_errors") long txErrors,
        @JsonProperty("tx_dropped") long txDropped) {}
