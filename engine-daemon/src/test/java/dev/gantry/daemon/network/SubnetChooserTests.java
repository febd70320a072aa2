package dev.gantry.daemon.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gantry.daemon.type.EngineException;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class SubnetChooserTests {

    private final SubnetChooser chooser = new SubnetChooser(AddressPool.DEFAULTS);

    @Test
    void takesTheFirstThatOverlapsNothing() {
        assertThat(chooser.choose(List.of())).hasToString("172.17.0.0/16");
        assertThat(chooser.choose(List.of(Subnet.parse("172.17.4.0/24"), Subnet.parse("172.18.0.1/32"))))
                .hasToString("172.19.0.0/16");
        assertThat(chooser.choose(List.of(Subnet.parse("172.16.0.0/12"), Subnet.parse("192.168.1.0/24"))))
                .hasToString("192.168.16.0/20");
    }

    @Test
    void saysWhenThePoolsAreUsedUp() {
        List<Subnet> all = Stream.concat(
                        IntStream.rangeClosed(17, 31).mapToObj(i -> Subnet.parse("172." + i + ".0.0/16")),
                        Stream.of(Subnet.parse("192.168.0.0/16")))
                .toList();
        assertThatThrownBy(() -> chooser.choose(all))
                .isInstanceOf(EngineException.class)
                .hasMessage("all predefined address pools have been fully subnetted");
    }

    @Test
    void subnetsKnowWhatTheyContain() {
        Subnet subnet = Subnet.parse("192.168.17.9/20");
        assertThat(subnet).hasToString("192.168.16.0/20");
        assertThat(subnet.contains(Ipv4Address.parse("192.168.31.255"))).isTrue();
        assertThat(subnet.contains(Ipv4Address.parse("192.168.32.0"))).isFalse();
        assertThat(Subnet.parse("0.0.0.0/0").contains(Ipv4Address.parse("255.0.0.1")))
                .isTrue();
        for (String bad : new String[] {"10.0.0.0", "10.0.0/8", "10.0.0.0/33", "10.0.0.256/8", "a.b.c.d/8", "::/0"}) {
            assertThatThrownBy(() -> Subnet.parse(bad)).as(bad).isInstanceOf(EngineException.class);
        }
    }
}
