package dev.gantry.api;

/**
 * A port of a listed container; no public port when it is only exposed.
 *
 * @param type tcp, udp or sctp
 */
public record Port(
        @OmitEmpty String iP, int privatePort, @OmitEmpty int publicPort, String type) {

    public Port {
        iP = Absent.text(iP);
        type = Absent.text(type);
    }
}
