package dev.gantry.daemon.api.docker.container;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gantry.daemon.network.Port;
import org.junit.jupiter.api.Test;

class PortFilterTests {

    @Test
    void readsOnePortARangeAndAProtocol() {
        assertThat(PortFilter.parse("publish", "80").matches(Port.parse("80/tcp")))
                .isTrue();
        assertThat(PortFilter.parse("publish", "80").matches(Port.parse("80/udp")))
                .isFalse();
        assertThat(PortFilter.parse("publish", "80-90/udp").matches(Port.parse("85/udp")))
                .isTrue();
        assertThat(PortFilter.parse("publish", "80-90/udp").matches(Port.parse("91/udp")))
                .isFalse();
    }

    @Test
    void refusesInDockersWords() {
        assertThatThrownBy(() -> PortFilter.parse("publish", "80:80"))
                .hasMessage("filter for 'publish' should not contain ':': 80:80");
        assertThatThrownBy(() -> PortFilter.parse("publish", "abc"))
                .hasMessage(
                        "error while looking up for publish abc: strconv.ParseUint: parsing \"abc\": invalid syntax");
        assertThatThrownBy(() -> PortFilter.parse("expose", "99999999"))
                .hasMessageEndingWith("parsing \"99999999\": value out of range");
        assertThatThrownBy(() -> PortFilter.parse("publish", "90-80"))
                .hasMessageEndingWith("Invalid range specified for the Port: 90-80");
    }
}
