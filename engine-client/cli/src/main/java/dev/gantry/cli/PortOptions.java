package dev.gantry.cli;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Reads {@code -p [ip:][hostPort:]containerPort[/protocol]}, with ranges, and {@code --expose}. */
final class PortOptions {

    private final Map<String, Object> exposed = new LinkedHashMap<>();
    private final Map<String, List<Object>> bindings = new LinkedHashMap<>();

    Map<String, Object> exposed() {
        return exposed;
    }

    Map<String, List<Object>> bindings() {
        return bindings;
    }

    void expose(String text) {
        int slash = text.indexOf('/');
        int[] range = range("containerPort", slash < 0 ? text : text.substring(0, slash));
        for (int port = range[0]; port <= range[1]; port++) {
            exposed.put(port + "/" + protocol(slash < 0 ? "tcp" : text.substring(slash + 1), text), Map.of());
        }
    }

    void publish(String text) {
        int slash = text.indexOf('/');
        String protocol = protocol(slash < 0 ? "tcp" : text.substring(slash + 1), text);
        String rest = slash < 0 ? text : text.substring(0, slash);
        int colon = rest.lastIndexOf(':');
        int[] inside = range("containerPort", rest.substring(colon + 1));
        String ip = "";
        String host = "";
        if (colon >= 0) {
            String before = rest.substring(0, colon);
            int ipEnd = before.startsWith("[") ? before.indexOf(']') + 1 : before.lastIndexOf(':');
            if (before.startsWith("[") && ipEnd > 0) {
                ip = before.substring(1, ipEnd - 1);
                host = before.length() > ipEnd ? before.substring(ipEnd + 1) : "";
            } else {
                ip = ipEnd > 0 ? before.substring(0, ipEnd) : "";
                host = before.substring(ipEnd + 1);
            }
        }
        bind(text, protocol, ip, host, inside);
    }

    private void bind(String text, String protocol, String ip, String host, int[] inside) {
        int[] outside = host.isEmpty() ? new int[] {0, 0} : range("hostPort", host);
        boolean anyOf = inside[0] == inside[1] && outside[0] != outside[1];
        if (!host.isEmpty() && !anyOf && outside[1] - outside[0] != inside[1] - inside[0]) {
            throw new IllegalArgumentException("invalid ranges specified for container and host Ports: " + text);
        }
        for (int port = inside[0]; port <= inside[1]; port++) {
            String hostPort = host.isEmpty() ? "" : anyOf ? host : Integer.toString(outside[0] + port - inside[0]);
            String key = port + "/" + protocol;
            exposed.put(key, Map.of());
            bindings.computeIfAbsent(key, name -> new ArrayList<>()).add(Map.of("HostIp", ip, "HostPort", hostPort));
        }
    }

    private static String protocol(String name, String text) {
        if (name.equals("tcp") || name.equals("udp") || name.equals("sctp")) {
            return name;
        }
        throw new IllegalArgumentException("invalid proto: " + text);
    }

    private static int[] range(String kind, String ports) {
        int dash = ports.indexOf('-');
        try {
            int first = Integer.parseInt(dash < 0 ? ports : ports.substring(0, dash));
            int last = dash < 0 ? first : Integer.parseInt(ports.substring(dash + 1));
            if (first >= 0 && last <= 65_535 && first <= last) {
                return new int[] {first, last};
            }
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("invalid " + kind + ": " + ports, e);
        }
        throw new IllegalArgumentException("invalid " + kind + ": " + ports);
    }
}
