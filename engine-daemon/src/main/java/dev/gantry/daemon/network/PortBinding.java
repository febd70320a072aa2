package dev.gantry.daemon.network;

/**
 * A published port and where its packets go.
 *
 * @param port as seen from the host
 * @param target the container's address
 */
record PortBinding(PublishedPort port, Ipv4Address target) {

    Ipv4Address hostAddress() {
        return Ipv4Address.parse(port.hostAddress());
    }

    boolean onEveryAddress() {
        return hostAddress().equals(Ipv4Address.ANY);
    }
}
