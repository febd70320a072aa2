package dev.gantry.registry;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.regex.Pattern;

/** Where on the way from here to the internet an address lies, the innermost last. */
enum AddressClass {
    PUBLIC,
    PRIVATE,
    LOOPBACK,
    /** Link-local (cloud metadata lives there), unspecified or multicast: never the place of a server. */
    FORBIDDEN;

    private static final Pattern IPV4 = Pattern.compile("[0-9]{1,3}(\\.[0-9]{1,3}){3}");
    private static final int UNIQUE_LOCAL_MASK = 0xfe;
    private static final int UNIQUE_LOCAL = 0xfc;
    private static final int SHARED_FIRST = 100;
    private static final int SHARED_MASK = 0xc0;
    private static final int SHARED_SECOND = 64;

    static AddressClass of(InetAddress address) {
        byte[] bytes = address.getAddress();
        if (address.isLinkLocalAddress() || address.isAnyLocalAddress() || address.isMulticastAddress()) {
            return FORBIDDEN;
        }
        if (address.isLoopbackAddress()) {
            return LOOPBACK;
        }
        boolean uniqueLocal = address instanceof Inet6Address && (bytes[0] & UNIQUE_LOCAL_MASK) == UNIQUE_LOCAL;
        boolean shared = bytes.length == 4 && bytes[0] == SHARED_FIRST && (bytes[1] & SHARED_MASK) == SHARED_SECOND;
        boolean thisNetwork = bytes.length == 4 && bytes[0] == 0;
        return address.isSiteLocalAddress() || uniqueLocal || shared || thisNetwork ? PRIVATE : PUBLIC;
    }

    /** The innermost of the addresses that a host name stands for. */
    static AddressClass ofHost(String host) throws UnknownHostException {
        AddressClass worst = PUBLIC;
        for (InetAddress address : InetAddress.getAllByName(host)) {
            AddressClass one = of(address);
            worst = one.compareTo(worst) > 0 ? one : worst;
        }
        return worst;
    }

    /** Whether a host is given as a number. */
    static boolean isLiteral(String host) {
        return host.startsWith("[")
                || host.indexOf(':') >= 0
                || IPV4.matcher(host).matches();
    }
}
