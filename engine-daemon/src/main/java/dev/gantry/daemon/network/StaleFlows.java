package dev.gantry.daemon.network;

import dev.gantry.daemon.linux.netlink.ConntrackSocket;
import dev.gantry.daemon.linux.netlink.Flow;
import dev.gantry.daemon.linux.netlink.LinkAddress;
import dev.gantry.daemon.linux.netlink.RouteSocket;
import java.net.InetAddress;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Makes the kernel forget UDP flows that were decided on before a port was published or taken back. UDP has no end of a
 * connection: as long as packets come, they go where the first one went.
 */
final class StaleFlows {

    private final RouteSocket routes;
    private final BackgroundWork background;

    StaleFlows(RouteSocket routes, BackgroundWork background) {
        this.routes = routes;
        this.background = background;
    }

    /** Forgets them soon. Call after the change of the packet filter. Costs nothing where no port is UDP. */
    void forget(List<PortBinding> changed) {
        List<PortBinding> udp = changed.stream()
                .filter(binding -> binding.port().containerPort().protocol() == Port.Protocol.UDP)
                .toList();
        if (!udp.isEmpty()) {
            background.run("forget UDP flows", () -> forgetNow(udp));
        }
    }

    private void forgetNow(List<PortBinding> udp) {
        Set<InetAddress> own =
                routes.addresses().stream().map(LinkAddress::address).collect(Collectors.toSet());
        try (ConntrackSocket flows = ConntrackSocket.open()) {
            flows.forget(flow ->
                    flow.protocol() == Flow.UDP && udp.stream().anyMatch(binding -> concerns(flow, binding, own)));
        }
    }

    private static boolean concerns(Flow flow, PortBinding binding, Set<InetAddress> own) {
        if (flow.replySource().equals(binding.target().toInetAddress())) {
            return true;
        }
        if (flow.destinationPort() != binding.port().hostPort()) {
            return false;
        }
        return binding.onEveryAddress()
                ? own.contains(flow.destination()) || flow.destination().isLoopbackAddress()
                : flow.destination().equals(binding.hostAddress().toInetAddress());
    }
}
