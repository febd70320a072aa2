package dev.gantry.registry;

import java.util.List;
import java.util.function.Function;

/** Pairs the servers of a registry with the credentials for each: a mirror never gets those of the registry. */
final class Targets {

    private final Endpoints endpoints;
    private final Function<String, Credentials> mirrorCredentials;

    Targets(Endpoints endpoints, Function<String, Credentials> mirrorCredentials) {
        this.endpoints = endpoints;
        this.mirrorCredentials = mirrorCredentials;
    }

    /** The servers to ask, in order, the registry itself last. */
    List<Target> of(ImageReference reference, Credentials credentials, String action) {
        return endpoints.of(reference, action).stream()
                .map(endpoint -> new Target(
                        endpoint, endpoint.mirror() ? mirrorCredentials.apply(endpoint.name()) : credentials))
                .toList();
    }

    /** The registry itself. */
    Target registry(ImageReference reference, Credentials credentials, String action) {
        List<Target> all = of(reference, credentials, action);
        return all.get(all.size() - 1);
    }

    /**
     * Asks one server after the other until one can; what the registry itself says is final.
     *
     * @throws RegistryException where none can
     */
    <T> T first(ImageReference reference, Credentials credentials, String action, Function<Target, T> request) {
        for (Target target : of(reference, credentials, action)) {
            try {
                return request.apply(target);
            } catch (RegistryException e) {
                if (e.kind() == RegistryException.Kind.UNAVAILABLE) {
                    endpoints.forget(target.endpoint());
                }
                if (!target.endpoint().mirror() || e.kind() == RegistryException.Kind.CANCELLED) {
                    throw e;
                }
            }
        }
        throw new IllegalStateException("A registry has at least itself as a server");
    }
}
