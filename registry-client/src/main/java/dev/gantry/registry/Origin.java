package dev.gantry.registry;

import java.net.URI;
import java.util.Locale;

/**
 * Whom a request goes to. Credentials given for one origin never go to another.
 *
 * @param scheme {@code http} or {@code https}
 * @param host in lower case
 * @param port never the default
 */
record Origin(String scheme, String host, int port) {

    static Origin of(URI uri) {
        String scheme = uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
        String host = uri.getHost() == null ? "" : uri.getHost().toLowerCase(Locale.ROOT);
        int usual = scheme.equals("https") ? 443 : 80;
        return new Origin(scheme, host, uri.getPort() < 0 ? usual : uri.getPort());
    }

    boolean isPlain() {
        return scheme.equals("http");
    }

    boolean isWeb() {
        return (scheme.equals("http") || scheme.equals("https")) && !host.isEmpty();
    }

    @Override
    public String toString() {
        return scheme + "://" + host + ":" + port;
    }
}
