package dev.gantry.daemon.network;

/**
 * A port of a container as it can be reached from the host.
 *
 * @param containerPort in the container
 * @param hostAddress on the host; {@code 0.0.0.0} for all
 * @param hostPort 1 to 65535
 */
public record PublishedPort(Port containerPort, String hostAddress, int hostPort) {}
