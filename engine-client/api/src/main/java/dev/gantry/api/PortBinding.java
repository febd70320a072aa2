package dev.gantry.api;

/**
 * A host address and port; an empty port asks for a free one, a range for any in it.
 */
public record PortBinding(String hostIp, String hostPort) {

    public PortBinding {
        hostIp = Absent.text(hostIp);
        hostPort = Absent.text(hostPort);
    }
}
