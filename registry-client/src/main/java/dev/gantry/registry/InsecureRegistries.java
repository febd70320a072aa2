package dev.gantry.registry;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Which registries may be spoken to without proof of who they are: those on this machine, and those the operator has
 * named by {@code host}, {@code host:port} or, as docker does, by a network in CIDR form that one of the host's
 * addresses lies in.
 */
final class InsecureRegistries {

    private final Set<String> names = new HashSet<>();
    private final List<Network> networks = new ArrayList<>();

    /**
     * Reads the operator's list.
     *
     * @throws IllegalArgumentException where an entry is neither a host nor a network
     */
    InsecureRegistries(List<String> entries) {
        for (String entry : entries) {
            if (entry.indexOf('/') >= 0) {
                networks.add(Network.parse(entry));
            } else {
                names.add(entry.toLowerCase(Locale.ROOT));
            }
        }
    }

    /** Whether the registry is on this machine, by its name alone. */
    static boolean isLoopback(String registry) {
        String host = host(registry);
        if (host.equals("localhost")) {
            return true;
        }
        if (!AddressClass.isLiteral(host)) {
            return false;
        }
        try {
            return InetAddress.getByName(host).isLoopbackAddress();
        } catch (UnknownHostException e) {
            return false;
        }
    }

    boolean contains(String registry) {
        String name = registry.toLowerCase(Locale.ROOT);
        if (names.contains(name) || names.contains(host(name)) || isLoopback(name)) {
            return true;
        }
        return !networks.isEmpty() && isInNetwork(host(name));
    }

    private boolean isInNetwork(String host) {
        try {
            for (InetAddress address : InetAddress.getAllByName(host)) {
                for (Network network : networks) {
                    if (network.contains(address)) {
                        return true;
                    }
                }
            }
            return false;
        } catch (UnknownHostException e) {
            // The request itself will say that the host is not known.
            return false;
        }
    }

    /** The host of {@code host:port} or {@code [v6]:port}. */
    static String host(String registry) {
        if (registry.startsWith("[")) {
            return registry.substring(0, registry.indexOf(']') + 1);
        }
        int colon = registry.indexOf(':');
        return (colon < 0 ? registry : registry.substring(0, colon)).toLowerCase(Locale.ROOT);
    }

    private static final class Network {

        private final byte[] address;
        private final int bits;

        Network(byte[] address, int bits) {
            this.address = address;
            this.bits = bits;
        }

        static Network parse(String text) {
            int slash = text.indexOf('/');
            String host = text.substring(0, slash);
            try {
                if (!AddressClass.isLiteral(host)) {
                    throw new IllegalArgumentException("invalid insecure registry, no network: " + text);
                }
                byte[] address = InetAddress.getByName(host).getAddress();
                int bits = Integer.parseInt(text.substring(slash + 1));
                if (bits < 0 || bits > address.length * 8) {
                    throw new IllegalArgumentException("invalid insecure registry, wrong mask: " + text);
                }
                return new Network(address, bits);
            } catch (UnknownHostException | NumberFormatException e) {
                throw new IllegalArgumentException("invalid insecure registry: " + text, e);
            }
        }

        boolean contains(InetAddress candidate) {
            byte[] other = candidate.getAddress();
            if (other.length != address.length) {
                return false;
            }
            for (int bit = 0; bit < bits; bit++) {
                int mask = 0x80 >> (bit % 8);
                if ((address[bit / 8] & mask) != (other[bit / 8] & mask)) {
                    return false;
                }
            }
            return true;
        }
    }
}
