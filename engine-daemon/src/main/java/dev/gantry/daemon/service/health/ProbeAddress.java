package dev.gantry.daemon.service.health;

import dev.gantry.daemon.type.EngineException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Where a probe connects to, seen from inside. Names are not looked up: whoever answers for them might lead the probe
 * elsewhere.
 *
 * @param host {@code localhost}, or an address in numbers
 * @param port 1 to 65535
 */
public record ProbeAddress(String host, int port) {

    private static final Pattern IPV4 =
            Pattern.compile("((25[0-5]|2[0-4]\\d|1?\\d?\\d)\\.){3}(25[0-5]|2[0-4]\\d|1?\\d?\\d)");
    private static final String LOCAL = "localhost";

    /**
     * Makes one from the host of a URL.
     *
     * @throws EngineException invalid where the host is a name
     */
    static ProbeAddress of(String host, int port) {
        String bare = host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
        boolean numbers = IPV4.matcher(bare).matches() || host.startsWith("[");
        if (!numbers && !bare.equals(LOCAL)) {
            throw EngineException.invalid("invalid health check: the host '" + host
                    + "' must be left out, localhost, or an address in numbers");
        }
        return new ProbeAddress(bare, port);
    }

    /** The addresses to try, the likelier first. */
    List<InetSocketAddress> candidates() {
        try {
            if (host.equals(LOCAL)) {
                return List.of(
                        new InetSocketAddress(InetAddress.getByAddress(new byte[] {127, 0, 0, 1}), port),
                        new InetSocketAddress(InetAddress.getAllByName("::1")[0], port));
            }
            // numbers only: this looks nothing up
            return List.of(new InetSocketAddress(InetAddress.getByName(host), port));
        } catch (UnknownHostException e) {
            throw new IllegalStateException("Numbers need no lookup: " + host, e);
        }
    }

    /** As it stands in the {@code Host} header. */
    String authority() {
        return (host.contains(":") ? "[" + host + "]" : host) + ":" + port;
    }
}
