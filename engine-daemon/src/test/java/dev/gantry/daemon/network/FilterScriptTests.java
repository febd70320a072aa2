package dev.gantry.daemon.network;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class FilterScriptTests {

    private final FilterScript script = new FilterScript("gantry", "gantry0", Subnet.parse("172.17.0.0/16"));
    private final List<PortBinding> bindings = List.of(
            binding("80/tcp", "0.0.0.0", 8080), binding("53/udp", "0.0.0.0", 53), binding("81/tcp", "127.0.0.1", 81));

    @Test
    void publishesByOneCommandForEachMap() {
        assertThat(script.addition(bindings)).isEqualTo("""
                add element ip gantry published { tcp . 8080 : 172.17.0.2 . 80, udp . 53 : 172.17.0.2 . 53 }
                add element ip gantry published_at { 127.0.0.1 . tcp . 81 : 172.17.0.2 . 81 }
                """);
        assertThat(script.removal(bindings)).isEqualTo("""
                delete element ip gantry published { tcp . 8080, udp . 53 }
                delete element ip gantry published_at { 127.0.0.1 . tcp . 81 }
                """);
        assertThat(script.addition(List.of())).isEmpty();
    }

    @Test
    void declaresTheWholeTableAtOnce() {
        assertThat(script.declaration(bindings))
                .startsWith("add table ip gantry\ndelete table ip gantry\ntable ip gantry {\n")
                .contains("iifname \"gantry0\" ip daddr 127.0.0.0/8 drop")
                .contains("oifname != \"gantry0\" ip saddr 172.17.0.0/16 masquerade")
                .endsWith(script.addition(bindings))
                .doesNotContain("$");
    }

    private static PortBinding binding(String port, String address, int hostPort) {
        return new PortBinding(new PublishedPort(Port.parse(port), address, hostPort), Ipv4Address.parse("172.17.0.2"));
    }
}
