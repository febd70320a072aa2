package dev.gantry.registry;

import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Finds the servers for a registry: its mirrors first, then itself. An insecure registry is asked once, without
 * credentials, whether it speaks HTTPS or plain HTTP; one on this machine is asked for plain HTTP first, as that is what
 * they mostly speak, the others for HTTPS first.
 */
final class Endpoints {

    private static final String HUB = "registry-1.docker.io";
    private static final int BAD_REQUEST = 400;

    private final Transport transport;
    private final InsecureRegistries insecure;
    private final List<URI> mirrors;
    private final RetryPolicy retries;
    private final Map<String, URI> found = new ConcurrentHashMap<>();

    Endpoints(Transport transport, InsecureRegistries insecure, List<URI> mirrors, RetryPolicy retries) {
        this.transport = transport;
        this.insecure = insecure;
        this.mirrors = List.copyOf(mirrors);
        this.retries = retries;
    }

    /** The servers to ask, in order; mirrors are of the default registry only, as with docker. */
    List<Endpoint> of(ImageReference reference, String action) {
        List<Endpoint> endpoints = new ArrayList<>();
        String registry = reference.registry();
        if (registry.equals(ImageReference.DEFAULT_REGISTRY)) {
            for (URI mirror : mirrors) {
                endpoints.add(new Endpoint(mirror, trust(mirror.getAuthority()), true));
            }
            endpoints.add(new Endpoint(URI.create("https://" + HUB), Endpoint.Trust.VERIFIED, false));
        } else {
            endpoints.add(new Endpoint(base(registry, action), trust(registry), false));
        }
        return endpoints;
    }

    /** Forgets what was found out about an insecure registry, which may speak otherwise when it comes back. */
    void forget(Endpoint endpoint) {
        found.values().removeIf(endpoint.base()::equals);
    }

    private Endpoint.Trust trust(String registry) {
        return insecure.contains(registry) ? Endpoint.Trust.INSECURE : Endpoint.Trust.VERIFIED;
    }

    private URI base(String registry, String action) {
        if (!insecure.contains(registry)) {
            return URI.create("https://" + registry);
        }
        URI known = found.get(registry);
        if (known != null) {
            return known;
        }
        Backoff backoff = retries.start();
        while (true) {
            try {
                URI base = probe(registry, action);
                found.put(registry, base);
                return base;
            } catch (RegistryException e) {
                RegistryCaller.pause(backoff, e, action);
            }
        }
    }

    private URI probe(String registry, String action) {
        URI plain = URI.create("http://" + registry);
        URI encrypted = URI.create("https://" + registry);
        boolean local = InsecureRegistries.isLoopback(registry);
        URI first = local ? plain : encrypted;
        URI second = local ? encrypted : plain;
        try {
            return answers(first) ? first : answers(second) ? second : first;
        } catch (IOException firstFailure) {
            try {
                return answers(second) ? second : first;
            } catch (IOException e) {
                firstFailure.addSuppressed(e);
                throw Failures.broken(action, Origin.of(first), firstFailure);
            }
        }
    }

    /** Whether a registry speaks there. A TLS server answers 400 to a plain request. */
    private boolean answers(URI base) throws IOException {
        try (Response response = transport.get(URI.create(base + "/v2/"), Map.of(), Endpoint.Trust.INSECURE)) {
            return response.status() != BAD_REQUEST;
        }
    }
}
