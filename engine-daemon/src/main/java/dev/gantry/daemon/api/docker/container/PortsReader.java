package dev.gantry.daemon.api.docker.container;

import dev.gantry.api.PortBinding;
import dev.gantry.daemon.network.Port;
import dev.gantry.daemon.network.PortRequest;
import dev.gantry.daemon.type.EngineException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads ports and their bindings. */
final class PortsReader {

    private PortsReader() {}

    static Set<Port> exposed(Collection<String> texts) {
        Set<Port> ports = new HashSet<>();
        for (String text : texts) {
            ports.add(port(text));
        }
        return ports;
    }

    static Port port(String text) {
        if (text.endsWith("/sctp")) {
            throw EngineException.notImplemented("publishing SCTP ports is not implemented yet: " + text);
        }
        try {
            return Port.parse(text);
        } catch (IllegalArgumentException e) {
            // compat: docker's text
            throw new EngineException(EngineException.Kind.INVALID, "invalid port specification: \"" + text + "\"", e);
        }
    }

    /** An empty list of bindings asks for one port of the engine's choice. */
    static List<PortRequest> bindings(Map<String, List<PortBinding>> bindings) {
        List<PortRequest> requests = new ArrayList<>();
        bindings.forEach((text, hosts) -> {
            Port port = port(text);
            if (hosts == null || hosts.isEmpty()) {
                requests.add(new PortRequest(port, Optional.empty(), 0, 0));
            } else {
                hosts.forEach(host -> requests.add(binding(port, host)));
            }
        });
        return requests;
    }

    private static PortRequest binding(Port port, PortBinding host) {
        Optional<String> address = host.hostIp().isEmpty() ? Optional.empty() : Optional.of(host.hostIp());
        String text = host.hostPort();
        if (text.isEmpty()) {
            return new PortRequest(port, address, 0, 0);
        }
        int dash = text.indexOf('-');
        int first = number(dash < 0 ? text : text.substring(0, dash), text);
        int last = dash < 0 ? first : number(text.substring(dash + 1), text);
        if (last < first) {
            throw invalid(text);
        }
        return new PortRequest(port, address, first, last);
    }

    private static int number(String text, String whole) {
        try {
            int number = Integer.parseInt(text);
            if (number >= 0 && number <= 65_535) {
                return number;
            }
        } catch (NumberFormatException e) {
            throw new EngineException(EngineException.Kind.INVALID, words(whole), e);
        }
        throw invalid(whole);
    }

    private static EngineException invalid(String text) {
        return EngineException.invalid(words(text));
    }

    // compat: docker's text
    private static String words(String text) {
        return "invalid port specification: \"" + text + "\"";
    }
}
