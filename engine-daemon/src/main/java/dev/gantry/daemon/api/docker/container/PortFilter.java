package dev.gantry.daemon.api.docker.container;

import dev.gantry.daemon.network.Port;
import dev.gantry.daemon.type.EngineException;
import java.util.Locale;

/**
 * Ports that a list is narrowed down to.
 *
 * @param first number
 * @param last number, not below the first
 * @param protocol in lower case
 */
record PortFilter(int first, int last, String protocol) {

    private static final int HIGHEST = 65_535;

    /**
     * Reads {@code 80}, {@code 80/udp} or {@code 80-90/tcp}.
     *
     * @param key of the filter, for errors
     */
    static PortFilter parse(String key, String text) {
        // compat: docker's texts
        if (text.contains(":")) {
            throw EngineException.invalid("filter for '" + key + "' should not contain ':': " + text);
        }
        int slash = text.indexOf('/');
        String range = slash < 0 ? text : text.substring(0, slash);
        String protocol = slash < 0 ? "tcp" : text.substring(slash + 1).toLowerCase(Locale.ROOT);
        int dash = range.indexOf('-');
        int first = number(key, text, dash < 0 ? range : range.substring(0, dash));
        int last = dash < 0 ? first : number(key, text, range.substring(dash + 1));
        if (last < first) {
            throw EngineException.invalid("error while looking up for " + key + " " + text
                    + ": Invalid range specified for the Port: " + range);
        }
        return new PortFilter(first, last, protocol);
    }

    private static int number(String key, String whole, String text) {
        String reason = "invalid syntax";
        try {
            long number = Long.parseLong(text);
            if (number >= 0 && number <= HIGHEST) {
                return (int) number;
            }
            reason = number < 0 ? reason : "value out of range";
        } catch (NumberFormatException e) {
            throw new EngineException(EngineException.Kind.INVALID, message(key, whole, text, reason), e);
        }
        throw EngineException.invalid(message(key, whole, text, reason));
    }

    private static String message(String key, String whole, String text, String reason) {
        return "error while looking up for " + key + " " + whole + ": strconv.ParseUint: parsing \"" + text + "\": "
                + reason;
    }

    boolean matches(Port port) {
        return port.number() >= first
                && port.number() <= last
                && port.protocol().lowerCase().equals(protocol);
    }
}
