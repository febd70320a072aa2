package dev.gantry.registry;

import java.net.URI;
import java.net.URISyntaxException;
import java.net.UnknownHostException;
import org.jspecify.annotations.Nullable;

/**
 * Decides whether a token server that a registry names may be asked, and be given the user's credentials. A registry
 * could otherwise make the engine talk to services inside its own network (server-side request forgery) or to anyone
 * who listens on the wire.
 */
final class RealmGuard {

    private RealmGuard() {}

    /**
     * Reads a realm and checks it.
     *
     * @throws RegistryException of kind {@code UNSAFE} where it must not be asked
     */
    static URI check(String realm, Endpoint registry, String action) {
        URI uri;
        try {
            uri = new URI(realm);
        } catch (URISyntaxException e) {
            throw unsafe(action, "the registry names a token server that is no address", e);
        }
        Origin origin = Origin.of(uri);
        if (!origin.isWeb()) {
            throw unsafe(action, "the registry names a token server that is not reached by HTTP", null);
        }
        if (uri.getRawUserInfo() != null || uri.getRawFragment() != null) {
            throw unsafe(action, "the registry names a token server with a user or a fragment in its address", null);
        }
        if (origin.isPlain() && !registry.isInsecure()) {
            throw unsafe(action, "the registry names a token server without encryption: " + origin, null);
        }
        if (!origin.host().equals(registry.origin().host())) {
            checkAddress(origin, registry, action);
        }
        return uri;
    }

    private static void checkAddress(Origin realm, Endpoint registry, String action) {
        AddressClass where = addressClass(realm.host(), action);
        if (where == AddressClass.PUBLIC) {
            return;
        }
        // compat: a company's registry and its token server often are two names in one private network (GitLab).
        String registryHost = registry.origin().host();
        boolean sameNetwork = where == AddressClass.PRIVATE
                && !AddressClass.isLiteral(realm.host())
                && !AddressClass.isLiteral(registryHost)
                && addressClass(registryHost, action) == AddressClass.PRIVATE;
        if (!sameNetwork) {
            throw unsafe(action, "the registry names a token server at an internal address: " + realm, null);
        }
    }

    private static AddressClass addressClass(String host, String action) {
        try {
            return AddressClass.ofHost(host);
        } catch (UnknownHostException e) {
            throw RegistryException.of(
                    RegistryException.Kind.UNAVAILABLE, action, "the token server " + host + " is not known", e);
        }
    }

    private static RegistryException unsafe(String action, String reason, @Nullable Throwable cause) {
        return RegistryException.of(RegistryException.Kind.UNSAFE, action, reason, cause);
    }
}
