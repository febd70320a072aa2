package dev.gantry.daemon.network;

import java.util.Collection;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * Writes the packet filter in nft's language. The number of rules is constant; a published port is an element of a map.
 *
 * @param table its name
 * @param bridge the interface it guards
 * @param subnet of the bridge
 */
record FilterScript(String table, String bridge, Subnet subnet) {

    private static final String EVERY_ADDRESS = "published";
    private static final String ONE_ADDRESS = "published_at";

    /** The whole table, in place of whatever it was before. */
    String declaration(Collection<PortBinding> bindings) {
        String frame = """
                add table ip $table
                delete table ip $table
                table ip $table {
                  map published {
                    type inet_proto . inet_service : ipv4_addr . inet_service
                  }
                  map published_at {
                    type ipv4_addr . inet_proto . inet_service : ipv4_addr . inet_service
                  }
                  chain raw {
                    type filter hook prerouting priority raw; policy accept;
                    iifname "$bridge" ip daddr 127.0.0.0/8 drop comment "route_localnet must not open the host's loopback"
                  }
                  chain publish {
                    dnat ip to ip daddr . meta l4proto . th dport map @published_at
                    dnat ip to meta l4proto . th dport map @published
                  }
                  chain prerouting {
                    type nat hook prerouting priority dstnat; policy accept;
                    ip daddr 127.0.0.0/8 return comment "loopback from elsewhere is never forwarded"
                    fib daddr type local jump publish
                  }
                  chain output {
                    type nat hook output priority -100; policy accept;
                    fib daddr type local jump publish
                  }
                  chain postrouting {
                    type nat hook postrouting priority srcnat; policy accept;
                    oifname "$bridge" ip saddr 127.0.0.0/8 masquerade
                    oifname "$bridge" ip saddr $subnet ct status dnat masquerade
                    oifname != "$bridge" ip saddr $subnet masquerade
                  }
                  chain forward {
                    type filter hook forward priority filter; policy accept;
                    oifname "$bridge" jump inbound
                  }
                  chain inbound {
                    ct state established,related accept
                    iifname "$bridge" accept
                    ct status dnat accept
                    drop comment "a port that is not published"
                  }
                }
                """;
        return frame.replace("$table", table).replace("$bridge", bridge).replace("$subnet", subnet.toString())
                + addition(bindings);
    }

    /** One command for all of them; empty when there are none. */
    String addition(Collection<PortBinding> bindings) {
        return command("add", bindings, binding -> key(binding) + " : " + value(binding));
    }

    /** One command for all of them; empty when there are none. */
    String removal(Collection<PortBinding> bindings) {
        return command("delete", bindings, FilterScript::key);
    }

    private String command(String verb, Collection<PortBinding> bindings, Function<PortBinding, String> element) {
        return elements(verb, EVERY_ADDRESS, bindings, PortBinding::onEveryAddress, element)
                + elements(verb, ONE_ADDRESS, bindings, binding -> !binding.onEveryAddress(), element);
    }

    private String elements(
            String verb,
            String map,
            Collection<PortBinding> bindings,
            Predicate<PortBinding> condition,
            Function<PortBinding, String> element) {
        String list = bindings.stream().filter(condition).map(element).collect(Collectors.joining(", "));
        return list.isEmpty() ? "" : verb + " element ip " + table + " " + map + " { " + list + " }\n";
    }

    private static String key(PortBinding binding) {
        PublishedPort port = binding.port();
        String transport = port.containerPort().protocol().lowerCase() + " . " + port.hostPort();
        return binding.onEveryAddress() ? transport : binding.hostAddress() + " . " + transport;
    }

    private static String value(PortBinding binding) {
        return binding.target() + " . " + binding.port().containerPort().number();
    }
}
