package dev.gantry.daemon.network;

import java.util.Optional;

/**
 * A port of a container to be reached from the host.
 *
 * @param containerPort 1 to 65535 with its protocol
 * @param hostAddress the address of the host to listen on; absent: all of them
 * @param hostPortFirst 0: the engine chooses from the ephemeral range
 * @param hostPortLast the end of the range to choose from, inclusive
 */
public record PortRequest(Port containerPort, Optional<String> hostAddress, int hostPortFirst, int hostPortLast) {}
