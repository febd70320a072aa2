package dev.gantry.daemon.network;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/**
 * A port number with its protocol, written {@code 80/tcp}.
 *
 * @param number 1 to 65535
 * @param protocol of the transport
 */
public record Port(int number, Protocol protocol) implements Comparable<Port> {

    /** The transports that have ports. */
    public enum Protocol {
        TCP,
        UDP;

        public String lowerCase() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    private static final int MAX = 65_535;

    public Port {
        if (number < 1 || number > MAX) {
            throw new IllegalArgumentException("invalid port " + number);
        }
    }

    /** Reads {@code 80}, {@code 80/tcp} or {@code 53/udp}. */
    @JsonCreator
    public static Port parse(String text) {
        int slash = text.indexOf('/');
        String number = slash < 0 ? text : text.substring(0, slash);
        String protocol = slash < 0 ? "tcp" : text.substring(slash + 1);
        try {
            return new Port(Integer.parseInt(number), Protocol.valueOf(protocol.toUpperCase(Locale.ROOT)));
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("invalid port specification: " + text, e);
        }
    }

    @Override
    public int compareTo(Port other) {
        int byNumber = Integer.compare(number, other.number);
        return byNumber != 0 ? byNumber : protocol.compareTo(other.protocol);
    }

    @JsonValue
    @Override
    public String toString() {
        return number + "/" + protocol.lowerCase();
    }
}
