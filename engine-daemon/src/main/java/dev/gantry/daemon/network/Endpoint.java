package dev.gantry.daemon.network;

import java.util.List;

/**
 * A connection that stands. Everything in it can be written to disk and read back.
 *
 * @param endpointId 64 hexadecimal digits
 * @param sandboxId whose connection it is
 * @param network the network's name
 * @param interfaceName inside the sandbox
 * @param hostInterface the other end, on the host
 * @param macAddress as {@code aa:bb:cc:dd:ee:ff}
 * @param address IPv4, dotted
 * @param prefixLength of the network
 * @param gateway IPv4, dotted
 * @param ports what is published, in order
 */
public record Endpoint(
        String endpointId,
        String sandboxId,
        String network,
        String interfaceName,
        String hostInterface,
        String macAddress,
        String address,
        int prefixLength,
        String gateway,
        List<PublishedPort> ports) {

    public Endpoint {
        ports = List.copyOf(ports);
    }
}
