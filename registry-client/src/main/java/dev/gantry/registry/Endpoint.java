package dev.gantry.registry;

import java.net.URI;

/**
 * A server that answers for a registry: the registry itself or a mirror of it.
 *
 * @param base up to where {@code /v2/} follows, without a slash at the end
 * @param trust how far its word is taken
 * @param mirror whether it is a mirror, which never gets the registry's credentials
 */
record Endpoint(URI base, Trust trust, boolean mirror) {

    /** How far a server is trusted to be who it says. */
    enum Trust {
        /** HTTPS with a certificate that proves its name. */
        VERIFIED,
        /** Plain HTTP, or HTTPS with any certificate. */
        INSECURE
    }

    URI uri(String path) {
        return URI.create(base + path);
    }

    Origin origin() {
        return Origin.of(base);
    }

    boolean isInsecure() {
        return trust == Trust.INSECURE;
    }

    /** Host and port as people write them. */
    String name() {
        return base.getAuthority();
    }
}
