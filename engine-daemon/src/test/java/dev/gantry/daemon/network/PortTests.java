package dev.gantry.daemon.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class PortTests {

    @Test
    void readsNumberAndProtocol() {
        assertThat(Port.parse("80")).isEqualTo(new Port(80, Port.Protocol.TCP));
        assertThat(Port.parse("53/udp")).isEqualTo(new Port(53, Port.Protocol.UDP));
        assertThat(Port.parse("65535/TCP")).hasToString("65535/tcp");
    }

    @Test
    void refusesWhatIsNone() {
        for (String bad : new String[] {"", "/tcp", "0", "65536", "-1", "80/", "80/icmp", "80/tcp/udp", "http"}) {
            assertThatThrownBy(() -> Port.parse(bad)).as(bad).isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    void namesFollowFromTheRoots() {
        BridgeConfiguration usual = BridgeConfiguration.forRoots(Path.of("/var/lib/gantry"), Path.of("/run/gantry"));
        assertThat(usual.bridge()).isEqualTo("gantry0");
        assertThat(usual.table()).isEqualTo("gantry");
        BridgeConfiguration other = BridgeConfiguration.forRoots(Path.of("/srv/a"), Path.of("/run/a"));
        assertThat(other.bridge()).matches("gty[0-9a-f]{8}");
        assertThat(other.table()).matches("gantry_[0-9a-f]{8}");
        assertThat(other.interfaceName("0123456789abcdef")).hasSize(15).startsWith(other.interfacePrefix());
    }
}
