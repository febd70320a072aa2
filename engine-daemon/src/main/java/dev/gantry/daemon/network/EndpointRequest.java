package dev.gantry.daemon.network;

import java.net.InetAddress;
import java.util.List;
import java.util.Optional;

/**
 * Asks for a connection of a sandbox to a network.
 *
 * @param endpointId 64 hexadecimal digits
 * @param sandboxId the sandbox, made before
 * @param network the network's name; today only {@code bridge}
 * @param address a wish for an address; absent: any
 * @param macAddress a wish, as {@code aa:bb:cc:dd:ee:ff}; absent: derived from the address
 * @param ports what to publish
 */
public record EndpointRequest(
        String endpointId,
        String sandboxId,
        String network,
        Optional<InetAddress> address,
        Optional<String> macAddress,
        List<PortRequest> ports) {

    public EndpointRequest {
        ports = List.copyOf(ports);
    }
}
